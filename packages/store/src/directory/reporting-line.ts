import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints } from '../licensing/array-literals.ts';
import { columnsOf, type Page, pageOf, type PageQuery, type UserRow } from './page.ts';
import { userAttributes } from './user-attributes.ts';

/** The manager of a user, unless deleted; undefined: the user has none. */
export async function selectManager(
  db: Handle,
  tenantId: string,
  userNo: number,
  properties: readonly string[],
): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`
    select u.user_no as "userNo", u.id${columnsOf(userAttributes, 'u', properties)}
    from allot.directory_user r
    join allot.directory_user u on u.tenant_id = r.tenant_id and u.user_no = r.manager_no and u.deleted_at is null
    where r.tenant_id = ${tenantId} and r.user_no = ${userNo}
  `.execute(db);
  return rows[0];
}

/** @param managerNo null: none */
export async function setManager(
  trx: Handle,
  tenantId: string,
  userNo: number,
  managerNo: number | null,
): Promise<void> {
  await sql`
    update allot.directory_user set manager_no = ${managerNo} where tenant_id = ${tenantId} and user_no = ${userNo}
  `.execute(trx);
}

const reports = (tenantId: string, managerNo: number): RawBuilder<unknown> =>
  sql`u.tenant_id = ${tenantId} and u.manager_no = ${managerNo} and u.deleted_at is null`;

/** One page of the users who have this manager, in the order of their numbers. */
export async function selectDirectReports(
  db: Handle,
  tenantId: string,
  managerNo: number,
  { properties, after, limit }: Pick<PageQuery, 'properties' | 'after' | 'limit'>,
): Promise<Page<UserRow>> {
  const { rows } = await sql<UserRow>`
    select u.user_no as "userNo", u.id${columnsOf(userAttributes, 'u', properties)}
    from allot.directory_user u
    where ${reports(tenantId, managerNo)} and u.user_no > ${after?.last ?? 0}::bigint
    order by u.user_no limit ${limit + 1}
  `.execute(db);
  return pageOf(rows, limit, ({ userNo }) => userNo);
}

export async function countDirectReports(db: Handle, tenantId: string, managerNo: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from allot.directory_user u where ${reports(tenantId, managerNo)}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Ids of the managers of these users, by the number of the user; users without one are left out. */
export async function selectManagerIds(
  db: Handle,
  tenantId: string,
  userNos: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ userNo: number; id: string }>`
    select r.user_no as "userNo", m.id
    from allot.directory_user r
    join allot.directory_user m on m.tenant_id = r.tenant_id and m.user_no = r.manager_no and m.deleted_at is null
    where r.tenant_id = ${tenantId} and r.user_no = any(${bigints(userNos)})
  `.execute(db);
  return new Map(rows.map(({ userNo, id }) => [userNo, id]));
}
