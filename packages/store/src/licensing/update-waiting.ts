import type { CohortNo, CohortState, Plan, ProductId } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints, uuids } from './array-literals.ts';
import { type PointerMove, usersOf } from './move-pointers.ts';
import type { NamedUsers } from './movers.ts';
import { joinUserNos, type UserNos, userNoArrays } from './user-nos.ts';

/** Who begins or ceases to wait for a product: users who moved, and the members of cohorts that were revised. */
interface Waiters {
  readonly moved: Map<ProductId, UserNos[]>;
  readonly revised: { readonly cohortNo: CohortNo; readonly productId: ProductId }[];
}

/**
 * Brings the waiting line in step with the cohorts whose members begin or cease to wait (L-14). Who already waits for
 * something keeps that moment; who begins by this change begins now, together. Invariant "counts agree".
 */
export async function updateWaiting(
  trx: Handle,
  tenantId: string,
  plan: Plan,
  moves: readonly PointerMove[],
  names: NamedUsers,
): Promise<void> {
  const begin: Waiters = { moved: new Map(), revised: [] };
  const end: Waiters = { moved: new Map(), revised: [] };
  const before = new Map(plan.sources.map(({ cohortNo, state }) => [cohortNo, state]));
  for (const move of moves) {
    const old = waitedFor(move.from === undefined ? undefined : before.get(move.from));
    const now = waitedFor(move.to === undefined ? undefined : plan.targets.get(move.to));
    for (const productId of without(now, old)) add(begin.moved, productId, usersOf(move, names));
    for (const productId of without(old, now)) add(end.moved, productId, usersOf(move, names));
  }
  for (const { cohort, state } of plan.revisions) {
    const [old, now] = [waitedFor(cohort.state), waitedFor(state)];
    const { cohortNo } = cohort;
    for (const productId of without(now, old)) begin.revised.push({ cohortNo, productId });
    for (const productId of without(old, now)) end.revised.push({ cohortNo, productId });
  }
  // Before anybody leaves the line: the moment since when is known from the products waited for so far.
  if (!isNobody(begin)) {
    await sql`
      insert into allot.waiting (tenant_id, product_id, user_no, since)
      select ${tenantId}, b.product_id, b.user_no, coalesce(w.since, transaction_timestamp())
      from (${waiterRows(tenantId, begin)}) as b
      left join (select user_no, min(since) as since from allot.waiting where tenant_id = ${tenantId} group by user_no) as w
        on w.user_no = b.user_no
      order by b.product_id, b.user_no
      on conflict do nothing
    `.execute(trx);
  }
  if (!isNobody(end)) {
    await sql`
      delete from allot.waiting w using (${waiterRows(tenantId, end)}) as e
      where w.tenant_id = ${tenantId} and w.product_id = e.product_id and w.user_no = e.user_no
    `.execute(trx);
  }
}

const none: ReadonlySet<ProductId> = new Set();

function waitedFor(state: CohortState | undefined): ReadonlySet<ProductId> {
  const products = state?.exceptions.flatMap(({ error, productId }) => (error === 'CountViolation' ? productId : []));
  return products?.length ? new Set(products) : none;
}

const without = (products: ReadonlySet<ProductId>, others: ReadonlySet<ProductId>): ProductId[] =>
  [...products].filter((productId) => !others.has(productId));

function add(to: Waiters['moved'], productId: ProductId, users: UserNos): void {
  const known = to.get(productId);
  if (known) known.push(users);
  else to.set(productId, [users]);
}

const isNobody = ({ moved, revised }: Waiters): boolean => !moved.size && !revised.length;

/** Rows (product_id, user_no). */
function waiterRows(tenantId: string, { moved, revised }: Waiters): RawBuilder<unknown> {
  return sql`
    select product_id, unnest(users::bigint[]) as user_no
    from unnest(${uuids([...moved.keys()])}, ${userNoArrays([...moved.values()].map(joinUserNos))}) as m (product_id, users)
    union all
    select r.product_id, uc.user_no
    from unnest(${bigints(revised.map(({ cohortNo }) => cohortNo))}, ${uuids(revised.map(({ productId }) => productId))})
      as r (cohort_id, product_id)
    join allot.user_cohort uc on uc.tenant_id = ${tenantId} and uc.cohort_id = r.cohort_id`;
}
