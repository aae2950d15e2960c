import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { type Differences, listDifferences } from './differences.ts';
import { groupNotPending } from './not-pending.ts';

export interface BundleRow {
  readonly groupId: string;
  readonly productId: string;
  readonly accepted: boolean;
  readonly settled: boolean;
}

/** Assignments of groups that were accepted and are settled otherwise, or the other way round, though nothing is pending. */
export const findUnsettledBundles = (db: Handle, tenantId: string): Promise<Differences<BundleRow>> =>
  listDifferences(
    db,
    sql`
    select group_id as "groupId", product_id as "productId", a.plans is not null as accepted, s.plans is not null as settled
    from (${assignments(tenantId, 'allot.group_license')}) as a
    full join (${assignments(tenantId, 'allot.settled_license')}) as s using (group_id, product_id)
    where a.plans is distinct from s.plans and ${groupNotPending(tenantId, sql`coalesce(a.group_id, s.group_id)`)}`,
  );

const assignments = (
  tenantId: string,
  table: 'allot.group_license' | 'allot.settled_license',
): RawBuilder<unknown> => sql`
  select group_id, product_id, array(select plan_id from unnest(disabled_plans) as p (plan_id) order by plan_id) as plans
  from ${sql.table(table)} where tenant_id = ${tenantId}`;

/** Groups that say they are being processed (L-18) while nothing of them is pending. */
export const findStuckGroups = (
  db: Handle,
  tenantId: string,
): Promise<Differences<{ readonly groupId: string; readonly state: string }>> =>
  listDifferences(
    db,
    sql`
    select l.group_id as "groupId", l.state from allot.group_licensing l
    where l.tenant_id = ${tenantId} and l.state <> 'ProcessingComplete' and ${groupNotPending(tenantId, sql`l.group_id`)}`,
  );
