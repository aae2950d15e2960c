import type { PlanEffect } from '@allot/contract';
import { direct, type ErrorCount, type Plan, type ProductId, type Source, type World } from '@allot/engine';
import { type Handle, loadErrors } from '@allot/store';
import { describeEffect } from '../catalogue/describe-effect.ts';
import { describePlannedErrors } from './describe-planned-errors.ts';
import type { Planned } from './plan-and-apply.ts';

/** What a change is about: assignments of these sources, of these products. */
export interface NamedByChange {
  readonly sources: ReadonlySet<Source>;
  readonly productIds: readonly ProductId[];
}

type Seats = ReadonlyMap<string, { readonly usable: number; readonly consumed: number }>;

/**
 * What a plan that is not applied would do to licenses, errors and seats.
 * @param seats before it
 * @param named undefined: nothing in particular
 */
export async function describePlan(
  db: Handle,
  tenantId: string,
  worlds: { readonly before: World; readonly after: World },
  planned: Planned,
  seats: Seats,
  named: NamedByChange = { sources: new Set(), productIds: [] },
): Promise<PlanEffect> {
  const { plan } = planned;
  const after = new Map(seats);
  for (const [productId, change] of plan.consumedChange) {
    const { consumed = 0, usable = 0 } = seats.get(productId) ?? {};
    after.set(productId, { usable, consumed: consumed + change });
  }
  const described = { parts: plan.parts, names: planned.names, isApplied: false };
  return {
    effect: await describeEffect(db, tenantId, [], {
      ...worlds,
      plan: { ...plan, ...(await allErrors(db, tenantId, plan)) },
    }),
    seats: describeSeats(seats, after, worlds.after, named.productIds),
    ...(await describePlannedErrors(db, tenantId, worlds, described, named.sources)),
  };
}

/** Seats of some products, and of all of which more or fewer are used. */
export function describeSeats(
  before: Seats,
  after: Seats,
  { catalogue }: World,
  productIds: readonly ProductId[],
): PlanEffect['seats'] {
  const changed = [...after].flatMap(([productId, { consumed }]) =>
    consumed === (before.get(productId)?.consumed ?? 0) ? [] : productId,
  );
  return [...new Set([...productIds.map((productId) => productId.toLowerCase()), ...changed])].map((skuId) => ({
    skuId,
    skuPartNumber: catalogue.products.get(skuId)?.data.skuPartNumber ?? skuId,
    usable: after.get(skuId)?.usable ?? 0,
    consumedBefore: before.get(skuId)?.consumed ?? 0,
    consumedAfter: after.get(skuId)?.consumed ?? 0,
  }));
}

/** A plan counts the errors of those whom it settles; here of everybody. */
async function allErrors(
  db: Handle,
  tenantId: string,
  { errorsBefore, errorsAfter }: Plan,
): Promise<Pick<Plan, 'errorsBefore' | 'errorsAfter'>> {
  const before = new Map((await countErrors(db, tenantId)).map((one) => [keyOf(one), one]));
  const after = new Map(before);
  for (const [counts, sign] of [
    [errorsBefore, -1],
    [errorsAfter, 1],
  ] as const)
    for (const one of counts) {
      const users = (after.get(keyOf(one))?.users ?? 0) + sign * one.users;
      after.set(keyOf(one), { ...one, users });
    }
  return { errorsBefore: [...before.values()], errorsAfter: [...after.values()] };
}

const keyOf = ({ source, productId, error }: ErrorCount): string => `${source}|${productId}|${error}`;

/** How many users have which error from which source, as things are settled. */
export const countErrors = async (db: Handle, tenantId: string): Promise<readonly ErrorCount[]> =>
  (await loadErrors(db, tenantId)).map(({ groupId, productId, error, users }) => ({
    source: groupId ?? direct,
    productId,
    error: error as ErrorCount['error'], // the engine wrote it
    users,
  }));
