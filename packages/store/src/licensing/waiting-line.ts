import { type RawBuilder, sql } from 'kysely';
import { directSourceId, type Handle } from '../handle.ts';
import { bigints } from './array-literals.ts';

export interface WaitingRow {
  readonly position: number;
  readonly userNo: number;
  readonly userId: string;
  readonly userPrincipalName: string;
  readonly since: Date;
  readonly priority: number | null;
  readonly groupId: string | null;
}

/**
 * The line of one product in the order of L-14: (priority of the group that asks, the best when several ask; waiting since;
 * user number). `groupId` is the group that asks for this product with the best priority.
 */
const line = (tenantId: string, productId: string): RawBuilder<unknown> => sql`
  select row_number() over (order by p.priority nulls last, w.since, w.user_no) as position,
         w.user_no, w.since, p.priority, uc.cohort_id
  from allot.waiting w
  join allot.user_cohort uc on uc.tenant_id = w.tenant_id and uc.user_no = w.user_no
  left join (
    select e.cohort_id, min(g.priority) as priority
    from allot.cohort_exception e
    join allot.group_licensing g on g.tenant_id = e.tenant_id and g.group_id = e.source_id
    where e.tenant_id = ${tenantId} and e.error = 'CountViolation' and e.source_id <> ${directSourceId}
    group by e.cohort_id
  ) as p on p.cohort_id = uc.cohort_id
  where w.tenant_id = ${tenantId} and w.product_id = ${productId}`;

/** A part of the line: from a position on. */
export async function loadWaitingLine(
  db: Handle,
  tenantId: string,
  productId: string,
  page: { readonly after: number; readonly limit: number },
): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select l.position, l.user_no as "userNo", u.id as "userId", u.user_principal_name as "userPrincipalName", l.since, l.priority,
           asking.group_id as "groupId"
    from (${line(tenantId, productId)}) as l
    join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = l.user_no
    left join lateral (
      select g.group_id from allot.cohort_exception e
      join allot.group_licensing g on g.tenant_id = e.tenant_id and g.group_id = e.source_id
      where e.tenant_id = ${tenantId} and e.cohort_id = l.cohort_id and e.product_id = ${productId} and e.error = 'CountViolation'
      order by g.priority, g.first_licensed_at, g.group_id limit 1
    ) as asking on true
    where l.position > ${page.after}
    order by l.position limit ${page.limit}
  `.execute(db);
  return rows;
}

export interface Place {
  readonly position: number;
  /** Length of the line. */
  readonly waiting: number;
}

/** Places of users, by user number and product. */
export async function loadPositions(
  db: Handle,
  tenantId: string,
  userNos: readonly number[],
): Promise<Map<number, ReadonlyMap<string, Place>>> {
  const products = await sql<{ productId: string }>`
    select distinct product_id as "productId" from allot.waiting
    where tenant_id = ${tenantId} and user_no = any(${bigints(userNos)})
  `.execute(db);
  const places = new Map<number, Map<string, Place>>();
  for (const { productId } of products.rows) {
    const { rows } = await sql<Place & { userNo: number }>`
      select * from (
        select l.user_no as "userNo", l.position, count(*) over () as waiting from (${line(tenantId, productId)}) as l
      ) as placed where "userNo" = any(${bigints(userNos)})
    `.execute(db);
    for (const { userNo, position, waiting } of rows) {
      const own = places.get(userNo) ?? new Map<string, Place>();
      places.set(userNo, own.set(productId, { position, waiting }));
    }
  }
  return places;
}

/** How many wait, by product. */
export async function countWaiting(db: Handle, tenantId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ productId: string; count: number }>`
    select product_id as "productId", count(*) as count from allot.waiting where tenant_id = ${tenantId} group by product_id
  `.execute(db);
  return new Map(rows.map(({ productId, count }) => [productId, count]));
}
