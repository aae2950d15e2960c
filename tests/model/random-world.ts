import fc from 'fast-check';
import type { ModelCatalogue, ModelExclusion, ModelPlan, ModelProduct, ModelRequirement } from './catalogue.ts';
import type { GroupLicensing, NewUser } from './naive-tenant.ts';

/** A small tenant before anything is licensed. Plain JSON, so that whatever runs a history can set it up. */
export interface World {
  catalogue: ModelCatalogue;
  settings: { defaultUsageLocation: string | null; keepUntilReplaced: boolean };
  /** One list for every instant at which users were created. */
  users: NewUser[][];
  /** Users that a history may add. */
  usersToCome: NewUser[];
  groups: { id: string; licensing: GroupLicensing }[];
  /** Usable seats of the products the tenant owns. */
  seats: { productId: string; usable: number }[];
}

export const plansCount = 8;
const productsCount = 6;
const usersMax = 8;
const usersToComeMax = 2;
const seatsMax = 5;
export const countries = ['DE', 'US', 'CN'];
/** The same address is spelled in several ways (L-11). */
const addresses = [
  'SMTP:ada@allot.example',
  'smtp:Ada@allot.example',
  'smtp:bob@allot.example',
  'SMTP:eve@allot.example',
];

/** Random small worlds: few plans and seats, so that conflicts, dependencies and shortages are frequent. */
export const worldArbitrary: fc.Arbitrary<World> = fc
  .record({
    groupsCount: fc.integer({ min: 2, max: 4 }),
    usersCount: fc.integer({ min: 3, max: usersMax }),
    usersToComeCount: fc.integer({ min: 0, max: usersToComeMax }),
  })
  .chain(({ groupsCount, usersCount, usersToComeCount }) => {
    const userIds = ids('user', usersCount + usersToComeCount);
    return fc.record({
      catalogue: catalogueArbitrary,
      settings: fc.record({
        defaultUsageLocation: fc.constantFrom(null, 'DE', 'US'),
        keepUntilReplaced: fc.boolean(),
      }),
      users: fc.tuple(...userIds.slice(0, usersCount).map(userArbitrary)).chain(inInstants),
      usersToCome: fc.tuple(...userIds.slice(usersCount).map(userArbitrary)),
      groups: fc.tuple(...ids('group', groupsCount).map(groupArbitrary)),
      seats: fc.tuple(...ids('product', productsCount).map(seatsArbitrary)).map((lists) => lists.flat()),
    });
  });

/** All users of the world, those to come included. */
export function userIdsOf(world: World): string[] {
  return [...world.users.flat(), ...world.usersToCome].map((user) => user.id);
}

export const locationArbitrary: fc.Arbitrary<string | null> = fc.option(fc.constantFrom(...countries), { freq: 4 });

export const addressesArbitrary: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<string[]>([]) },
  { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...addresses), { maxLength: 2 }) },
);

export const usableArbitrary: fc.Arbitrary<number> = fc.integer({ min: 0, max: seatsMax });

export const licensingArbitrary: fc.Arbitrary<GroupLicensing> = fc.record(
  {
    priority: fc.constantFrom(50, 100, 150),
    atomicity: fc.constantFrom('bundle', 'product'),
    prerequisites: fc.constantFrom('group', 'user'),
  },
  { requiredKeys: [] },
);

export const rulesArbitrary: fc.Arbitrary<{ exclusions: ModelExclusion[]; requirements: ModelRequirement[] }> =
  fc.record({
    exclusions: fc
      .array(fc.uniqueArray(fc.constantFrom(...ids('plan', plansCount)), { minLength: 2, maxLength: 3 }), {
        maxLength: 3,
      })
      .map((sets) => sets.map((plans, index) => ({ name: `exclusion ${index + 1}`, plans }))),
    requirements: fc.array(
      fc
        .uniqueArray(fc.constantFrom(...ids('plan', plansCount)), { minLength: 2, maxLength: 3 })
        .map(([plan = '', ...anyOf]) => ({ plan, anyOf })),
      { maxLength: 4 },
    ),
  });

const catalogueArbitrary: fc.Arbitrary<ModelCatalogue> = fc
  .record({
    plans: fc.tuple(...ids('plan', plansCount).map(planArbitrary)),
    products: fc.tuple(...ids('product', productsCount).map(productArbitrary)),
    rules: rulesArbitrary,
  })
  .map(({ plans, products, rules }) => ({ plans, products, ...rules }));

function planArbitrary(id: string): fc.Arbitrary<ModelPlan> {
  const somewhere = fc.uniqueArray(fc.constantFrom(...countries), { minLength: 1, maxLength: 2 });
  return fc.oneof(
    { weight: 20, arbitrary: fc.constant({ id }) },
    { weight: 6, arbitrary: fc.constant({ id, mailbox: true }) },
    { weight: 2, arbitrary: somewhere.map((deny) => ({ id, deny })) },
    { weight: 1, arbitrary: somewhere.map((allow) => ({ id, allow })) },
  );
}

function productArbitrary(id: string): fc.Arbitrary<ModelProduct> {
  const plans = fc.uniqueArray(fc.constantFrom(...ids('plan', plansCount)), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 20, arbitrary: plans.map((some) => ({ id, plans: some })) },
    { weight: 1, arbitrary: plans.map((some) => ({ id, plans: some, company: true })) },
  );
}

function userArbitrary(id: string): fc.Arbitrary<NewUser> {
  return fc.record({ id: fc.constant(id), usageLocation: locationArbitrary, addresses: addressesArbitrary });
}

function groupArbitrary(id: string): fc.Arbitrary<World['groups'][number]> {
  return fc.record({ id: fc.constant(id), licensing: licensingArbitrary });
}

/** Nearly every product is owned, with seats for fewer than everybody. */
function seatsArbitrary(productId: string): fc.Arbitrary<World['seats']> {
  const owned = usableArbitrary.map((usable) => [{ productId, usable }]);
  return fc.oneof({ weight: 15, arbitrary: owned }, { weight: 1, arbitrary: fc.constant<World['seats']>([]) });
}

/** Cuts the users at a random place: each part was created at one instant. */
function inInstants(users: readonly NewUser[]): fc.Arbitrary<NewUser[][]> {
  return fc
    .integer({ min: 1, max: users.length })
    .map((cut) => [users.slice(0, cut), users.slice(cut)].filter((some) => some.length > 0));
}

/** The fixed ids of the first `count` things of a kind: version 4 UUIDs whose order is not that of their numbers. */
export function ids(kind: 'user' | 'group' | 'product' | 'plan', count: number): string[] {
  const variant = { user: '8', group: '9', product: 'a', plan: 'b' }[kind];
  return Array.from({ length: count }, (_, index) => {
    // Knuth's multiplicative hash: spreads small numbers over the 32 bits that decide the order of the ids.
    const first = (Math.imul(index + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
    const last = (index + 1).toString(16).padStart(12, '0');
    return `${first}-0000-4000-${variant}000-${last}`;
  });
}
