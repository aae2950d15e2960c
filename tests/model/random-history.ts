import fc from 'fast-check';
import type { Assignment } from './assignment-request.ts';
import type { ModelExclusion, ModelProduct, ModelRequirement } from './catalogue.ts';
import { NaiveTenant } from './naive-tenant.ts';
import type { GroupLicensing, MembershipChange, NewUser } from './naive-tenant.ts';
import {
  addressesArbitrary,
  licensingArbitrary,
  locationArbitrary,
  rulesArbitrary,
  usableArbitrary,
  userIdsOf,
} from './random-world.ts';
import type { World } from './random-world.ts';

export { worldArbitrary } from './random-world.ts';
export type { World } from './random-world.ts';

/** One change of a tenant, as plain JSON: the model, the engine and a client over HTTP can all apply it. */
export type Step =
  | { kind: 'addUsers'; users: NewUser[] }
  | { kind: 'setUsageLocation'; userId: string; usageLocation: string | null }
  | { kind: 'setAddresses'; userId: string; addresses: string[] }
  | { kind: 'deleteUser'; userId: string }
  | { kind: 'addGroup'; groupId: string }
  | { kind: 'setGroupLicensing'; groupId: string; licensing: GroupLicensing }
  | { kind: 'changeMembers'; changes: MembershipChange[] }
  | { kind: 'assignGroup'; groupId: string; add: Assignment[]; remove: string[] }
  | { kind: 'assignDirect'; userId: string; add: Assignment[]; remove: string[] }
  | { kind: 'setSeats'; productId: string; usable: number }
  | { kind: 'setRules'; exclusions: ModelExclusion[]; requirements: ModelRequirement[] }
  | { kind: 'reprocess' };

/** The steps that turn an empty tenant with the world's catalogue and settings into the world. */
export function setUpSteps(world: World): Step[] {
  const seats = world.seats.map(({ productId, usable }): Step => ({ kind: 'setSeats', productId, usable }));
  const users = world.users.map((some): Step => ({ kind: 'addUsers', users: some }));
  const groups = world.groups.flatMap(({ id, licensing }): Step[] => [
    { kind: 'addGroup', groupId: id },
    { kind: 'setGroupLicensing', groupId: id, licensing },
  ]);
  return [...seats, ...users, ...groups];
}

/** A step about users who may not exist when it is its turn: see `possibleSteps`. */
function stepArbitrary(world: World): fc.Arbitrary<Step> {
  const userId = fc.constantFrom(...userIdsOf(world));
  const groupId = fc.constantFrom(...world.groups.map((group) => group.id));
  const productId = fc.constantFrom(...world.catalogue.products.map((product) => product.id));
  const assign = assignmentsArbitrary(world);

  const steps: { weight: number; arbitrary: fc.Arbitrary<Step> }[] = [
    { weight: 10, arbitrary: changeMembersArbitrary(world) },
    { weight: 8, arbitrary: record(groupId, assign, (id, some) => ({ kind: 'assignGroup', groupId: id, ...some })) },
    { weight: 6, arbitrary: record(userId, assign, (id, some) => ({ kind: 'assignDirect', userId: id, ...some })) },
    {
      weight: 4,
      arbitrary: record(productId, usableArbitrary, (id, usable) => ({ kind: 'setSeats', productId: id, usable })),
    },
    {
      weight: 2,
      arbitrary: record(userId, locationArbitrary, (id, usageLocation) => ({
        kind: 'setUsageLocation',
        userId: id,
        usageLocation,
      })),
    },
    {
      weight: 3,
      arbitrary: record(userId, addressesArbitrary, (id, addresses) => ({
        kind: 'setAddresses',
        userId: id,
        addresses,
      })),
    },
    { weight: 1, arbitrary: userId.map((id) => ({ kind: 'deleteUser', userId: id })) },
    {
      weight: 2,
      arbitrary: record(groupId, licensingArbitrary, (id, licensing) => ({
        kind: 'setGroupLicensing',
        groupId: id,
        licensing,
      })),
    },
    { weight: 2, arbitrary: rulesArbitrary.map((rules) => ({ kind: 'setRules', ...rules })) },
    { weight: 1, arbitrary: fc.constant({ kind: 'reprocess' }) },
  ];
  if (world.usersToCome.length > 0) {
    const users = fc.subarray(world.usersToCome, { minLength: 1 });
    steps.push({ weight: 2, arbitrary: users.map((some) => ({ kind: 'addUsers', users: some })) });
  }
  return fc.oneof(...steps);
}

/** A world and what happens in it; every step is about users and groups that exist by then. */
export function historyArbitrary(
  worlds: fc.Arbitrary<World>,
  stepsMax: number,
): fc.Arbitrary<{ world: World; steps: Step[] }> {
  return worlds.chain((world) => {
    const opening = openingArbitrary(world);
    const later = fc.array(stepArbitrary(world), { minLength: 1, maxLength: stepsMax, size: 'max' });
    return fc
      .tuple(opening, later)
      .map(([first, steps]) => ({ world, steps: possibleSteps(world, [...first, ...steps]) }));
  });
}

/** Leaves out of each step what cannot succeed: users who do not exist then, removals of what nobody gave before. */
function possibleSteps(world: World, steps: readonly Step[]): Step[] {
  const existing = new Set(world.users.flat().map((user) => user.id));
  // A deleted user keeps its id: nobody gets it again.
  const taken = new Set(existing);
  // Products once given by somebody. A removal may fail nevertheless: the giving may have been refused.
  const given = new Set<string>();
  const possible: Step[] = [];
  for (const step of steps) {
    if (step.kind === 'addUsers') {
      const users = step.users.filter((user) => !taken.has(user.id));
      for (const { id } of users) taken.add(id);
      for (const { id } of users) existing.add(id);
      if (users.length > 0) possible.push({ ...step, users });
    } else if (step.kind === 'changeMembers') {
      const changes = step.changes.filter((change) => existing.has(change.user));
      if (changes.length > 0) possible.push({ ...step, changes });
    } else if (step.kind === 'assignGroup') {
      const remove = step.remove.filter((productId) => given.has(`${step.groupId} ${productId}`));
      for (const { productId } of step.add) given.add(`${step.groupId} ${productId}`).add(`any group ${productId}`);
      if (step.add.length + remove.length > 0) possible.push({ ...step, remove });
    } else if (step.kind === 'assignDirect' && existing.has(step.userId)) {
      // What only a group gives is worth an attempt too: L-03.
      const givers = [step.userId, 'any group'];
      const remove = step.remove.filter((productId) => givers.some((giver) => given.has(`${giver} ${productId}`)));
      for (const { productId } of step.add) given.add(`${step.userId} ${productId}`);
      if (step.add.length + remove.length > 0) possible.push({ ...step, remove });
    } else if (!('userId' in step) || existing.has(step.userId)) {
      possible.push(step);
      if (step.kind === 'deleteUser') existing.delete(step.userId);
    }
  }
  return possible;
}

/** The model of the world before the first step of a history. */
export function startModel(world: World): NaiveTenant {
  const model = new NaiveTenant(world.catalogue, world.settings);
  for (const step of setUpSteps(world)) applyToModel(model, step);
  return model;
}

export function applyToModel(model: NaiveTenant, step: Step): ReturnType<NaiveTenant['assignDirect']> {
  switch (step.kind) {
    case 'assignGroup':
      return model.assignGroup(step.groupId, step.add, step.remove);
    case 'assignDirect':
      return model.assignDirect(step.userId, step.add, step.remove);
    case 'addUsers':
      model.addUsers(step.users);
      break;
    case 'setUsageLocation':
      model.setUsageLocation(step.userId, step.usageLocation);
      break;
    case 'setAddresses':
      model.setAddresses(step.userId, step.addresses);
      break;
    case 'deleteUser':
      model.deleteUser(step.userId);
      break;
    case 'addGroup':
      model.addGroup(step.groupId);
      break;
    case 'setGroupLicensing':
      return model.setGroupLicensing(step.groupId, step.licensing);
    case 'changeMembers':
      model.changeMembers(step.changes);
      break;
    case 'setSeats':
      model.setSeats(step.productId, step.usable);
      break;
    case 'setRules':
      model.setRules(step.exclusions, step.requirements);
      break;
    case 'reprocess':
      model.reprocess();
      break;
  }
  return undefined;
}

/** Members and a bundle for every group, so that histories begin where licensing begins. */
function openingArbitrary(world: World): fc.Arbitrary<Step[]> {
  const bundles = world.groups.map(({ id }) =>
    assignmentsArbitrary(world).map(({ add }): Step => ({ kind: 'assignGroup', groupId: id, add, remove: [] })),
  );
  const members = placesArbitrary(world, userIdsOf(world));
  return fc
    .tuple(fc.tuple(...bundles), members, fc.boolean())
    .map(([licensed, joined, licensedFirst]) => (licensedFirst ? [...licensed, joined] : [joined, ...licensed]));
}

/** Single memberships here and there, or users who move between several groups in one change (L-09). */
function changeMembersArbitrary(world: World): fc.Arbitrary<Step> {
  const change = fc.record({
    group: fc.constantFrom(...world.groups.map((group) => group.id)),
    user: fc.constantFrom(...userIdsOf(world)),
    member: fc.constantFrom(true, true, false),
  });
  const single = fc
    .uniqueArray(change, { minLength: 1, maxLength: 4, selector: ({ group, user }) => `${group} ${user}` })
    .map((changes): Step => ({ kind: 'changeMembers', changes }));
  const moves = fc
    .uniqueArray(fc.constantFrom(...userIdsOf(world)), { minLength: 1, maxLength: 4 })
    .chain((userIds) => placesArbitrary(world, userIds));
  return fc.oneof(single, moves);
}

/** Says of each of the users and each group whether it is a member, in one change. */
function placesArbitrary(world: World, userIds: readonly string[]): fc.Arbitrary<Step> {
  const places = userIds.flatMap((user) =>
    world.groups.map(({ id }) => fc.boolean().map((member): MembershipChange => ({ group: id, user, member }))),
  );
  return fc.tuple(...places).map((changes): Step => ({ kind: 'changeMembers', changes }));
}

/** Products to give and to take; no product is in both lists. Now and then a plan is disabled that is not there. */
function assignmentsArbitrary(world: World): fc.Arbitrary<{ add: Assignment[]; remove: string[] }> {
  const somePlan = fc.constantFrom(...world.catalogue.plans.map((plan) => plan.id));
  const assignment = (product: ModelProduct): fc.Arbitrary<Assignment> =>
    fc
      .record({
        own: fc.oneof(fc.constant([]), fc.subarray(product.plans)),
        foreign: fc.oneof({ weight: 40, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(somePlan) }),
      })
      .map(({ own, foreign }) => ({ productId: product.id, disabledPlans: [...new Set([...own, ...foreign])] }));
  const request = (addMax: number, removeCount: number): fc.Arbitrary<{ add: Assignment[]; remove: string[] }> =>
    fc
      .shuffledSubarray(world.catalogue.products, { minLength: removeCount, maxLength: addMax + removeCount })
      .chain((products) =>
        fc.record({
          add: fc.tuple(...products.slice(removeCount).map(assignment)),
          remove: fc.constant(products.slice(0, removeCount).map((product) => product.id)),
        }),
      );
  return fc.oneof(
    { weight: 4, arbitrary: request(3, 0) },
    { weight: 2, arbitrary: request(0, 1) },
    { weight: 2, arbitrary: request(2, 1) },
    { weight: 1, arbitrary: request(2, 2) },
  );
}

function record<One, Other>(
  one: fc.Arbitrary<One>,
  other: fc.Arbitrary<Other>,
  toStep: (one: One, other: Other) => Step,
): fc.Arbitrary<Step> {
  return fc.tuple(one, other).map(([first, second]) => toStep(first, second));
}
