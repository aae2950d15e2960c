import { DIFFERENCES_LISTED_MAX, findOtherWaiting, findOversold, findSeveralMoments, loadConsumed } from '@allot/store';
import { type CheckScope, type Found, foundIn, type TenantCheck, userIds, userName } from './check.ts';

/** Seats, and who waits for them. */
export const seatChecks: readonly TenantCheck[] = [
  {
    name: 'consumed-units',
    claim: 'consumedUnits of every product is the number of users who have it (L-01).',
    find: compareConsumed,
  },
  {
    name: 'oversold',
    claim: 'More is consumed than there are seats only where seats were taken away (L-13).',
    find: ({ db, tenant }) =>
      foundIn(findOversold(db, tenant.tenantId), ({ productId, consumed, usable, everUsable }) => ({
        sentence: `Product ${productId} has ${usable} seats, never had more than ${everUsable}, and ${consumed} are consumed.`,
        ids: { skuId: productId },
      })),
  },
  {
    name: 'waiting-line',
    claim: 'Those who wait for a product are the users in CountViolation of it.',
    find: ({ db, tenant }) =>
      foundIn(findOtherWaiting(db, tenant.tenantId), (row) => ({
        sentence: row.inError
          ? `${userName(row)} is in CountViolation of product ${row.productId} and does not stand in its line.`
          : `${userName(row)} stands in the line of product ${row.productId} and is not in CountViolation of it.`,
        ids: { ...userIds(row), skuId: row.productId },
      })),
  },
  {
    name: 'waiting-since',
    claim: 'Who waits for several products waits since one moment (L-14).',
    find: ({ db, tenant }) =>
      foundIn(findSeveralMoments(db, tenant.tenantId), (row) => ({
        sentence: `${userName(row)} waits for several products, and not since one moment.`,
        ids: userIds(row),
      })),
  },
];

async function compareConsumed({ db, tenant, seats }: CheckScope): Promise<Found> {
  const differing = [...(await loadConsumed(db, tenant.tenantId))].flatMap(([productId, consumed]) => {
    const held = seats.get(productId)?.held ?? 0;
    return consumed === held ? [] : [{ productId, consumed, held }];
  });
  return {
    count: differing.length,
    differences: differing.slice(0, DIFFERENCES_LISTED_MAX).map(({ productId, consumed, held }) => ({
      sentence: `Product ${productId} counts ${consumed} consumed units, and ${held} users have it.`,
      ids: { skuId: productId },
    })),
  };
}
