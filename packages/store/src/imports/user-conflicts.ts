import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** What only the directory or the whole file can tell of a staged row. */
export interface UserConflict {
  readonly line: number;
  /** idTwice: an earlier line has the id. idTaken: another user has it; idDeleted: a deleted one has. */
  readonly kind: 'idTwice' | 'idTaken' | 'idDeleted';
  /** The earlier line, or the user principal name of the other user. */
  readonly other: string;
}

/** Rows that cannot become users, because of their id. The caller holds lockUsers. */
export async function findUserConflicts(trx: Handle, tenantId: string): Promise<UserConflict[]> {
  await sql`analyze staged_user`.execute(trx);
  const { rows } = await sql<UserConflict>`
    select line, 'idTwice' as kind, first::text as other
    from (select line, id, min(line) over (partition by id) as first from staged_user where id is not null) as i
    where line <> first
    union all
    select s.line, case when u.deleted_at is null then 'idTaken' else 'idDeleted' end, u.user_principal_name
    from staged_user s
    join allot.directory_user u on u.tenant_id = ${tenantId} and u.id = s.id
    where u.deleted_at is not null or u.user_principal_name_folded <> lower(s.user_principal_name)
    order by line
  `.execute(trx);
  return rows;
}
