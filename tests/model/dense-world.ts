import fc from 'fast-check';
import type { ModelCatalogue } from './catalogue.ts';
import type { World } from './random-world.ts';
import { addressesArbitrary, ids, plansCount } from './random-world.ts';

/** Plans that products have; the others are only named by rules. */
const planIds = ids('plan', 6);
const productIds = ids('product', 4);

/**
 * Worlds in which the rules bite: few plans in overlapping products, plans that need each other, groups that leave requirements
 * to the user, so that much is kept (L-08), flawed (L-05) or granted in part (L-04). In other random worlds that is rare.
 */
export const denseWorldArbitrary: fc.Arbitrary<World> = fc
  .record({ groupsCount: fc.integer({ min: 2, max: 3 }), usersCount: fc.integer({ min: 2, max: 7 }) })
  .chain(({ groupsCount, usersCount }) =>
    fc.record({
      catalogue: catalogueArbitrary,
      settings: fc.record({ defaultUsageLocation: fc.constantFrom(null, 'US'), keepUntilReplaced: fc.boolean() }),
      users: fc.tuple(
        ...ids('user', usersCount).map((id) =>
          fc.tuple(fc.record({ id: fc.constant(id), usageLocation: fc.constant('US'), addresses: addressesArbitrary })),
        ),
      ),
      usersToCome: fc.constant([]),
      groups: fc.tuple(
        ...ids('group', groupsCount).map((id) =>
          fc.record({
            id: fc.constant(id),
            licensing: fc.record({
              priority: fc.constantFrom(50, 100),
              atomicity: fc.constantFrom('bundle', 'product'),
              prerequisites: fc.constant('user'),
            }),
          }),
        ),
      ),
      seats: fc.tuple(
        ...productIds.map((productId) =>
          fc.integer({ min: 0, max: usersCount + 2 }).map((usable) => ({ productId, usable })),
        ),
      ),
    }),
  );

const catalogueArbitrary: fc.Arbitrary<ModelCatalogue> = fc.record({
  plans: fc
    .record({ mailboxes: fc.subarray(planIds, { maxLength: 2 }), abroad: fc.subarray(planIds, { maxLength: 1 }) })
    .map(({ mailboxes, abroad }) =>
      ids('plan', plansCount).map((id) => ({
        id,
        ...(mailboxes.includes(id) ? { mailbox: true } : {}),
        ...(abroad.includes(id) ? { deny: ['CN'] } : {}),
      })),
    ),
  products: fc.tuple(
    ...productIds.map((id) =>
      fc.record({ id: fc.constant(id), plans: fc.subarray(planIds, { minLength: 2, maxLength: 4 }) }),
    ),
  ),
  exclusions: fc
    .array(fc.subarray(planIds, { minLength: 2, maxLength: 2 }), { maxLength: 1 })
    .map((sets) => sets.map((plans, index) => ({ name: `exclusion ${index + 1}`, plans }))),
  requirements: fc.array(
    fc.shuffledSubarray(planIds, { minLength: 2, maxLength: 3 }).map(([plan = '', ...anyOf]) => ({ plan, anyOf })),
    { minLength: 1, maxLength: 3 },
  ),
});
