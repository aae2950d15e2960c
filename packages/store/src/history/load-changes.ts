import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints } from '../licensing/array-literals.ts';

/** An applied change: one row for every plan that was applied. */
export interface AppliedChangeRow {
  readonly changeNo: number;
  readonly at: Date;
  readonly correlationId: string;
  readonly activity: string;
}

/** Changes by number. */
export async function loadChanges(
  db: Handle,
  tenantId: string,
  changeNos: readonly number[],
): Promise<Map<number, AppliedChangeRow>> {
  const { rows } = await sql<AppliedChangeRow>`
    select change_id as "changeNo", at, correlation_id as "correlationId", activity from allot.change
    where tenant_id = ${tenantId} and change_id = any(${bigints(changeNos)})
  `.execute(db);
  return new Map(rows.map((row) => [row.changeNo, row]));
}

/** The last change at or before an instant; 0: none. */
export async function loadChangeNoAt(db: Handle, tenantId: string, at: Date): Promise<number> {
  const { rows } = await sql<{ changeNo: number | null }>`
    select max(change_id) as "changeNo" from allot.change where tenant_id = ${tenantId} and at <= ${at}
  `.execute(db);
  return rows[0]?.changeNo ?? 0;
}
