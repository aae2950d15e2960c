import assert from 'node:assert/strict';
import { ApiError, licenseErrors } from '@allot/contract';
import {
  type Assignment,
  type BundleData,
  checkBundle,
  type CohortState,
  entriesOf,
  type Facts,
  prepareCatalogue,
  prepareWorld,
  type Seats,
  type UserNo,
  type World,
} from '@allot/engine';
import {
  changedAssignments,
  checkAssignments,
} from '../../packages/server/src/operations/licensing/check-assignments.ts';
import { refusalOf } from '../../packages/server/src/operations/licensing/refusal-of.ts';
import { refusedEntry, refuseRemovals } from '../../packages/server/src/operations/licensing/refuse-direct-call.ts';
import type { Change } from '../model/batches.ts';
import type { ModelCatalogue } from '../model/catalogue.ts';
import type { Entry, GroupLicensing } from '../model/naive-tenant.ts';
import type { Step, World as RandomWorld } from '../model/random-history.ts';
import type { RefusalReason } from '../model/refusals.ts';
import { normalAddress } from '../model/tenant-state.ts';
import type { WaitingUser } from '../model/waiting-line.ts';
import { catalogueDataOf } from './catalogue-data.ts';
import { MemoryCohorts, type Planned, type Scope } from './memory-cohorts.ts';
import { refusalReason } from './refusal-reason.ts';

interface User {
  readonly id: string;
  readonly userNo: UserNo;
  usageLocation: string | null;
  addresses: readonly string[];
}

interface Group {
  /** What administrators asked for. */
  accepted: BundleData;
  /** What the cohorts are settled for. */
  settled: readonly Assignment[];
  readonly members: Set<string>;
}

/** Called with every plan that is to be applied; it applies it. */
type Watch = (planned: Planned, apply: () => void) => void;

/** A tenant on the engine without a database: what the licensing operations do, on maps. */
export class MemoryTenant {
  readonly cohorts = new MemoryCohorts();
  readonly #users = new Map<string, User>();
  readonly #groups = new Map<string, Group>();
  readonly #usable = new Map<string, number>();
  #settings: RandomWorld['settings'];
  readonly #watch: Watch;
  readonly #pendingUsers = new Set<User>();
  readonly #pendingGroups = new Set<string>();
  #model: ModelCatalogue;
  #world: World;
  #clock = 0;
  #userNoLast = 0;

  constructor(catalogue: ModelCatalogue, settings: RandomWorld['settings'], watch: Watch = (_, apply) => apply()) {
    this.#model = catalogue;
    this.#settings = settings;
    this.#watch = watch;
    this.#world = this.#settledWorld();
  }

  get world(): World {
    return this.#world;
  }

  /** @returns why the step was refused, having changed nothing; undefined: it was not */
  apply(step: Step): RefusalReason | undefined {
    return this.applyTogether([step])[0];
  }

  /** Accepts one step after the other and settles once what was left to the background (L-09, L-16). */
  applyTogether(steps: readonly Change[]): (RefusalReason | undefined)[] {
    const refusals = steps.map((step) => this.accept(step));
    this.settle();
    return refusals.map((refusal) => refusal && refusalReason(refusal));
  }

  /** @returns with what it was refused, having changed nothing. What is left to the background waits for `settle`. */
  accept(step: Change): ApiError | undefined {
    this.#clock += 1;
    try {
      this.#step(step);
    } catch (error) {
      if (error instanceof ApiError) return error;
      throw error;
    }
    return undefined;
  }

  entries(userId: string): Entry[] {
    const state = this.cohorts.stateOf(this.#user(userId).userNo);
    const entries = state ? entriesOf(state, this.#world) : [];
    return entries
      .map(
        ({ source, productId, state: shown, reason, inForce }): Entry => ({
          source,
          productId,
          state: shown,
          error: reason?.error ?? 'None',
          enabledPlans: inForce ? this.#world.catalogue.idsOf(inForce) : [],
        }),
      )
      .toSorted((a, b) => compare(a.source, b.source) || compare(a.productId, b.productId));
  }

  consumed(productId: string): number {
    return this.cohorts.consumed.get(productId) ?? 0;
  }

  waiting(productId: string): WaitingUser[] {
    const ids = new Map([...this.#users.values()].map(({ id, userNo }) => [userNo, id]));
    return this.cohorts
      .waiting(productId, this.#world)
      .map(({ userNo, priority }, index) => ({ userId: ids.get(userNo) ?? '', priority, position: index + 1 }));
  }

  #step(step: Change): void {
    switch (step.kind) {
      case 'addUsers':
        return this.#notePending(this.#addUsers(step.users));
      case 'setUsageLocation':
        this.#user(step.userId).usageLocation = step.usageLocation;
        return this.#notePending([this.#user(step.userId)]);
      case 'setAddresses':
        return this.#setAddresses(this.#user(step.userId), step.addresses.map(normalAddress));
      case 'deleteUser':
        return this.#deleteUser(this.#user(step.userId));
      case 'addGroup':
        return this.#addGroup(step.groupId);
      case 'setGroupLicensing':
        return this.#setGroupLicensing(this.#group(step.groupId), step.licensing);
      case 'changeMembers':
        for (const { group, user, member } of step.changes) {
          if (member) this.#group(group).members.add(user);
          else this.#group(group).members.delete(user);
        }
        return this.#notePending(step.changes.map(({ user }) => this.#user(user)));
      case 'assignGroup':
        return this.#assignGroup(this.#group(step.groupId), step.add, step.remove);
      case 'assignDirect':
        return this.#assignDirect(this.#user(step.userId), step.add, step.remove);
      case 'setSeats':
        return this.#setSeats(step.productId, step.usable);
      case 'setRules':
        return this.#changeWorld({ exclusions: step.exclusions, requirements: step.requirements });
      case 'setPlan':
        return this.#changeWorld({
          plans: this.#model.plans.map((one) => (one.id === step.plan.id ? step.plan : one)),
        });
      case 'setProduct':
        return this.#changeWorld({
          products: this.#model.products.map((one) => (one.id === step.product.id ? step.product : one)),
        });
      case 'setSettings':
        return this.#changeWorld({}, step.settings);
      case 'reprocess':
        return this.#change({ concerned: () => true });
    }
  }

  #addUsers(users: Extract<Step, { kind: 'addUsers' }>['users']): User[] {
    const added = users
      .toSorted((a, b) => compare(a.id, b.id))
      .map(
        ({ id, usageLocation, addresses }): User => ({
          id,
          userNo: ++this.#userNoLast,
          usageLocation: usageLocation ?? null,
          addresses: (addresses ?? []).map(normalAddress),
        }),
      );
    for (const user of added) this.#users.set(user.id, user);
    return [...added, ...added.flatMap((user) => this.#sharing(user))];
  }

  #setAddresses(user: User, addresses: string[]): void {
    const before = this.#sharing(user);
    user.addresses = addresses;
    this.#notePending([user, ...before, ...this.#sharing(user)]);
  }

  #deleteUser(user: User): void {
    const sharing = this.#sharing(user);
    this.#users.delete(user.id);
    for (const { members } of this.#groups.values()) members.delete(user.id);
    this.#notePending([user, ...sharing]);
  }

  #addGroup(groupId: string): void {
    this.#groups.set(groupId, { accepted: { groupId, ...newBundle }, settled: [], members: new Set() });
    this.#world = this.#settledWorld();
  }

  /** As changeGroupSettings: the settings are true at once, the members are settled again later. */
  #setGroupLicensing(group: Group, licensing: GroupLicensing): void {
    const { groupId, assignments, prerequisites } = group.accepted;
    if (licensing.prerequisites === 'group' && prerequisites !== 'group') {
      this.#refuseUnlessConsistent(assignments, 'group');
    }
    group.accepted = { ...group.accepted, ...licensing };
    this.#world = this.#settledWorld();
    this.#pendingGroups.add(groupId);
  }

  /** As assignGroupLicense. */
  #assignGroup(group: Group, add: readonly Assignment[], remove: readonly string[]): void {
    const { groupId, assignments: current, prerequisites } = group.accepted;
    const added = checkAssignments(this.#world.catalogue, this.#owned, bodyOf(add, remove));
    for (const productId of remove) {
      if (!current.some((one) => one.productId === productId)) throw licenseErrors.groupNotHeld(productId);
    }
    const assignments = changedAssignments(current, added, remove);
    this.#refuseUnlessConsistent(assignments, prerequisites);
    const firstLicensedAt = Math.min(group.accepted.firstLicensedAt, assignments.length > 0 ? this.#clock : Infinity);
    group.accepted = { ...group.accepted, assignments, firstLicensedAt };
    this.#pendingGroups.add(groupId);
  }

  #refuseUnlessConsistent(assignments: readonly Assignment[], prerequisites: BundleData['prerequisites']): void {
    const refusal = checkBundle(this.#world.catalogue, assignments, prerequisites);
    if (refusal?.reason === 'exclusive') throw licenseErrors.exclusive(refusal.plans);
    if (refusal?.reason === 'dependency') throw licenseErrors.dependency(refusal.plan, refusal.anyOf);
  }

  #notePending(users: readonly User[]): void {
    for (const user of users) this.#pendingUsers.add(user);
  }

  /** As settlePending: users whose facts may have changed, and groups whose bundle did, in one plan. */
  settle(): void {
    if (this.#pendingUsers.size + this.#pendingGroups.size === 0) return;
    const groupIds = [...this.#pendingGroups];
    const before = this.#settledWorld();
    for (const groupId of groupIds) this.#group(groupId).settled = this.#group(groupId).accepted.assignments;
    this.#world = this.#settledWorld();
    const moved = new Map<UserNo, Facts | undefined>();
    for (const user of this.#users.values()) {
      const facts = this.#pendingUsers.has(user) ? this.#factsOf(user) : this.#withGroups(user, groupIds);
      if (!sameFacts(facts, this.cohorts.stateOf(user.userNo)?.facts)) moved.set(user.userNo, facts);
    }
    for (const user of this.#pendingUsers) {
      const isDeleted = !this.#users.has(user.id);
      if (isDeleted && this.cohorts.stateOf(user.userNo)) moved.set(user.userNo, undefined);
    }
    this.#pendingUsers.clear();
    this.#pendingGroups.clear();
    const concerned = ({ facts, exceptions }: CohortState) =>
      groupIds.some((id) => facts.groups.includes(id) || exceptions.some(({ source }) => source === id));
    this.#change({ before, moved, concerned });
  }

  /** As countGroupMovements of the store: facts are as they were, but for these groups. */
  #withGroups(user: User, groupIds: readonly string[]): Facts | undefined {
    const facts = this.cohorts.stateOf(user.userNo)?.facts;
    if (!facts) return undefined;
    const licensing = groupIds.filter((groupId) => this.#licenses(this.#group(groupId), user));
    const others = facts.groups.filter((groupId) => !groupIds.includes(groupId));
    return { ...facts, groups: [...others, ...licensing].toSorted() };
  }

  /** As assignUserLicense. */
  #assignDirect(user: User, add: readonly Assignment[], remove: readonly string[]): void {
    const state = this.cohorts.stateOf(user.userNo);
    const added = checkAssignments(this.#world.catalogue, this.#owned, bodyOf(add, remove));
    refuseRemovals(state, this.#world, remove);
    if (added.length > 0 && user.usageLocation === null) throw licenseErrors.usageLocation();
    const facts = { ...this.#factsOf(user), direct: changedAssignments(state?.facts.direct ?? [], added, remove) };
    this.#change({ moved: new Map([[user.userNo, facts]]) }, ({ plan }) => {
      const result = plan.parts.find(({ unit }) => unit.movementNo === 0);
      assert.ok(result, 'the user of a direct call is settled');
      const refused = refusedEntry(result, [...added.map((one) => one.productId), ...remove]);
      if (refused) throw refusalOf(refused.reason, user.usageLocation);
    });
  }

  #setSeats(productId: string, usable: number): void {
    const usableBefore = this.#usable.get(productId) ?? 0;
    this.#usable.set(productId, usable);
    const seats = new Map(this.#seats());
    seats.set(productId, { usableBefore, usable, consumed: this.consumed(productId) });
    this.#change({ seats });
  }

  /** As changeWorld: everybody is settled again, in the place that the user's country is now. */
  #changeWorld(catalogue: Partial<ModelCatalogue>, settings = this.#settings): void {
    const plans = this.#model.plans.map((plan) => plan.id);
    const before = this.#settledWorld(plans);
    this.#model = { ...this.#model, ...catalogue };
    this.#settings = settings;
    this.#world = this.#settledWorld(plans);
    const moved = new Map<UserNo, Facts>();
    for (const user of this.#users.values()) {
      const facts = this.cohorts.stateOf(user.userNo)?.facts;
      const place = this.#placeOf(user);
      if (facts && facts.place !== place) moved.set(user.userNo, { ...facts, place });
    }
    this.#change({ before, moved, concerned: () => true });
  }

  #change(scope: Partial<Scope>, refuse?: (planned: Planned) => void): void {
    const whole = {
      before: this.#world,
      after: this.#world,
      seats: this.#seats(),
      concerned: () => false,
      moved: new Map(),
    };
    const planned = this.cohorts.plan({ ...whole, ...scope });
    refuse?.(planned);
    this.#watch(planned, () => this.cohorts.apply(planned, this.#clock));
  }

  #settledWorld(alsoPlans: readonly string[] = []): World {
    const bundles = [...this.#groups.values()].map(({ accepted, settled }) => ({ ...accepted, assignments: settled }));
    return prepareWorld(
      prepareCatalogue(catalogueDataOf(this.#model), alsoPlans),
      bundles,
      this.#settings.keepUntilReplaced,
    );
  }

  #seats(): Map<string, Seats> {
    return new Map(
      [...this.#usable].map(([productId, usable]) => [
        productId,
        { usableBefore: usable, usable, consumed: this.consumed(productId) },
      ]),
    );
  }

  /** As deriveFacts of the store. */
  #factsOf(user: User): Facts {
    const groups = [...this.#groups.values()].filter((group) => this.#licenses(group, user));
    return {
      place: this.#placeOf(user),
      sharesAddress: this.#sharing(user).length > 0,
      direct: this.cohorts.stateOf(user.userNo)?.facts.direct ?? [],
      groups: groups.map(({ accepted }) => accepted.groupId).toSorted(),
    };
  }

  #placeOf({ usageLocation }: User): string {
    return this.#world.catalogue.placeOf(usageLocation ?? this.#settings.defaultUsageLocation);
  }

  #licenses({ settled, members }: Group, user: User): boolean {
    return settled.length > 0 && members.has(user.id);
  }

  #sharing({ id, addresses }: User): User[] {
    const others = [...this.#users.values()].filter((other) => other.id !== id);
    return others.filter((other) => other.addresses.some((address) => addresses.includes(address)));
  }

  get #owned(): ReadonlySet<string> {
    return new Set(this.#usable.keys());
  }

  #user(id: string): User {
    const user = this.#users.get(id);
    assert.ok(user, `there is a user ${id}`);
    return user;
  }

  #group(id: string): Group {
    const group = this.#groups.get(id);
    assert.ok(group, `there is a group ${id}`);
    return group;
  }
}

const newBundle: Omit<BundleData, 'groupId'> = {
  priority: 100,
  firstLicensedAt: Infinity,
  atomicity: 'bundle',
  prerequisites: 'group',
  assignments: [],
};

const bodyOf = (add: readonly Assignment[], remove: readonly string[]) => ({
  addLicenses: add.map(({ productId, disabledPlans }) => ({ skuId: productId, disabledPlans })),
  removeLicenses: remove,
});

const sameFacts = (a: Facts | undefined, b: Facts | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
