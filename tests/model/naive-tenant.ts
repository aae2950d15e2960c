import {
  applyRequest,
  checkBundle,
  checkDirectOutcome,
  checkDirectRequest,
  checkGroupRequest,
} from './assignment-request.ts';
import type { Assignment } from './assignment-request.ts';
import type { ModelCatalogue, ModelExclusion, ModelPlan, ModelProduct, ModelRequirement } from './catalogue.ts';
import type { FaultError } from './checks.ts';
import { allPlans, findEntry } from './entry-plans.ts';
import type { Refusal } from './refusals.ts';
import { settleTenant } from './settle-tenant.ts';
import { faultOf } from './settle-user.ts';
import { consumedUnits, factsOf, normalAddress } from './tenant-state.ts';
import type { GroupState, TenantState, UserState } from './tenant-state.ts';
import { waitingLine } from './waiting-line.ts';
import type { WaitingUser } from './waiting-line.ts';

/** One (source, product) of a user as everybody may see it (L-27). */
export interface Entry {
  /** `'direct'` or the id of the group. */
  source: string;
  productId: string;
  state: 'Active' | 'ActiveWithError' | 'Error';
  error: 'None' | FaultError;
  /** The plans in force, sorted. */
  enabledPlans: string[];
}

export interface NewUser {
  id: string;
  usageLocation?: string | null;
  addresses?: string[];
}

export interface GroupLicensing {
  priority?: number;
  atomicity?: 'bundle' | 'product';
  prerequisites?: 'group' | 'user';
}

export interface MembershipChange {
  group: string;
  user: string;
  member: boolean;
}

/**
 * Group-based licensing of one tenant, as simply as it can be said: after every change every user is settled for
 * itself. It is what the engine is compared with, so it shares no code with it and is not meant to be fast.
 *
 * Refusals are returned and change nothing at all. Errors are thrown for what a test should not ask: users and
 * groups that do not exist, or exist already.
 */
export class NaiveTenant {
  #state: TenantState;
  #isTogether = false;

  constructor(
    catalogue: ModelCatalogue,
    settings: { defaultUsageLocation?: string | null; keepUntilReplaced?: boolean } = {},
  ) {
    this.#state = {
      catalogue: structuredClone(catalogue),
      defaultUsageLocation: settings.defaultUsageLocation ?? null,
      keepUntilReplaced: settings.keepUntilReplaced ?? false,
      clock: 0,
      users: new Map(),
      groups: new Map(),
      seats: new Map(),
    };
  }

  addUser(id: string, attributes: Omit<NewUser, 'id'> = {}): void {
    this.addUsers([{ ...attributes, id }]);
  }

  /** Users created at the same instant: among them the id decides the order of creation (L-14). */
  addUsers(users: readonly NewUser[]): void {
    this.#change((state) => {
      for (const { id, usageLocation, addresses } of users) {
        if (state.users.has(id)) throw new Error(`user ${id} exists already: delete it first or take another id`);
        state.users.set(id, {
          id,
          createdAt: state.clock,
          usageLocation: usageLocation ?? null,
          addresses: (addresses ?? []).map(normalAddress),
          direct: new Map(),
          settled: { inForce: [], missing: [], kept: [], flawed: [] },
          waitingSince: undefined,
        });
      }
    });
  }

  setUsageLocation(userId: string, location: string | null): void {
    this.#change((state) => {
      userOf(state, userId).usageLocation = location;
    });
  }

  setAddresses(userId: string, addresses: readonly string[]): void {
    this.#change((state) => {
      userOf(state, userId).addresses = addresses.map(normalAddress);
    });
  }

  deleteUser(userId: string): void {
    this.#change((state) => {
      userOf(state, userId);
      state.users.delete(userId);
      for (const group of state.groups.values()) group.members.delete(userId);
    });
  }

  addGroup(id: string): void {
    this.#change((state) => {
      if (state.groups.has(id)) throw new Error(`group ${id} exists already: take another id`);
      state.groups.set(id, {
        id,
        priority: 100,
        atomicity: 'bundle',
        prerequisites: 'group',
        firstLicensedAt: undefined,
        bundle: new Map(),
        members: new Set(),
      });
    });
  }

  /** Refused when requirements are to be met by the group itself from now on, and its bundle does not (L-24). */
  setGroupLicensing(groupId: string, licensing: GroupLicensing): Refusal | undefined {
    const next = this.#next();
    const group = groupOf(next, groupId);
    const stricter = licensing.prerequisites === 'group' && group.prerequisites === 'user';
    Object.assign(group, structuredClone(licensing));
    const refusal = stricter ? checkBundle(next, group) : undefined;
    if (refusal !== undefined) return refusal;
    this.#settle(next);
    return undefined;
  }

  /** All of it is one change (L-09). Adding a member twice or removing a stranger does nothing. */
  changeMembers(changes: readonly MembershipChange[]): void {
    this.#change((state) => {
      for (const { group, user, member } of changes) {
        userOf(state, user);
        if (member) groupOf(state, group).members.add(user);
        else groupOf(state, group).members.delete(user);
      }
    });
  }

  /** Changes the bundle of a group (L-24); its members are settled at once. */
  assignGroup(groupId: string, add: readonly Assignment[], remove: readonly string[]): Refusal | undefined {
    const refusal = checkGroupRequest(this.#state, groupOf(this.#state, groupId), add, remove);
    if (refusal !== undefined) return refusal;
    const next = this.#next();
    const group = groupOf(next, groupId);
    applyRequest(group.bundle, add, remove);
    const bundleRefusal = checkBundle(next, group);
    if (bundleRefusal !== undefined) return bundleRefusal;
    if (group.bundle.size > 0) group.firstLicensedAt ??= next.clock;
    this.#settle(next);
    return undefined;
  }

  /** A direct call: all of it or nothing (L-03, L-08, L-09, L-10, L-16). */
  assignDirect(userId: string, add: readonly Assignment[], remove: readonly string[]): Refusal | undefined {
    if (this.#isTogether) throw new Error('a direct call is decided at once: make it after what is settled together');
    const refusal = checkDirectRequest(this.#state, userOf(this.#state, userId), add, remove);
    if (refusal !== undefined) return refusal;
    const next = this.#next();
    applyRequest(userOf(next, userId).direct, add, remove);
    settleTenant(next);
    const outcomeRefusal = checkDirectOutcome(userOf(next, userId), add, remove);
    if (outcomeRefusal !== undefined) return outcomeRefusal;
    this.#state = next;
    return undefined;
  }

  /** Usable seats (L-12); from the first call on the tenant owns the product. */
  setSeats(productId: string, usable: number): void {
    this.#change((state) => {
      state.seats.set(productId, usable);
    });
  }

  /** Replaces all exclusions and requirements of the catalogue (L-21). */
  setRules(exclusions: readonly ModelExclusion[], requirements: readonly ModelRequirement[]): void {
    this.#change((state) => {
      state.catalogue.exclusions = structuredClone([...exclusions]);
      state.catalogue.requirements = structuredClone([...requirements]);
    });
  }

  /** Replaces a plan of the catalogue (L-21). */
  setPlan(plan: ModelPlan): void {
    this.#change(({ catalogue }) => {
      catalogue.plans = catalogue.plans.map((one) => (one.id === plan.id ? structuredClone(plan) : one));
    });
  }

  /** Replaces a product of the catalogue; a plan that it gains is on wherever it is not disabled (L-21). */
  setProduct(product: ModelProduct): void {
    this.#change(({ catalogue }) => {
      catalogue.products = catalogue.products.map((one) => (one.id === product.id ? structuredClone(product) : one));
    });
  }

  setSettings(settings: { defaultUsageLocation: string | null; keepUntilReplaced: boolean }): void {
    this.#change((state) => {
      Object.assign(state, settings);
    });
  }

  /** Settles once all that happens inside, as if accepted while the background was busy (L-09). Direct calls do not wait. */
  together(changes: () => void): void {
    this.#isTogether = true;
    changes();
    this.#isTogether = false;
    this.reprocess();
  }

  /** Settles everybody again (L-17), which changes nothing. */
  reprocess(): void {
    this.#change(() => {});
  }

  /** Everything wanted or in force, by (source, product) (L-27). */
  entries(userId: string): Entry[] {
    const user = userOf(this.#state, userId);
    const { settled } = user;
    const wanted = factsOf(this.#state, user).wanted;
    const all = [...wanted, ...settled.inForce.filter((entry) => findEntry(wanted, entry) === undefined)];
    return all
      .map(({ source, productId }): Entry => {
        const held = findEntry(settled.inForce, { source, productId });
        const error = errorOf(user, source, productId);
        const whenHeld = error === 'None' ? 'Active' : 'ActiveWithError';
        const state = held === undefined ? 'Error' : whenHeld;
        return { source, productId, state, error, enabledPlans: [...(held?.plans ?? [])] };
      })
      .toSorted((one, other) =>
        one.source === other.source ? (one.productId < other.productId ? -1 : 1) : one.source < other.source ? -1 : 1,
      );
  }

  /** The union of the plans in force, sorted (L-02). */
  effectivePlans(userId: string): string[] {
    return allPlans(userOf(this.#state, userId).settled.inForce);
  }

  consumed(productId: string): number {
    return consumedUnits(this.#state, productId);
  }

  /** The waiting line of the product, in the order of L-14. */
  waiting(productId: string): WaitingUser[] {
    return waitingLine(this.#state, productId);
  }

  #change(edit: (state: TenantState) => void): void {
    const next = this.#next();
    edit(next);
    this.#settle(next);
  }

  #next(): TenantState {
    const next = structuredClone(this.#state);
    next.clock += 1;
    return next;
  }

  #settle(next: TenantState): void {
    if (!this.#isTogether) settleTenant(next);
    this.#state = next;
  }
}

/** An entry shows one error: missing before kept before flawed. */
function errorOf({ settled }: UserState, source: string, productId: string): Entry['error'] {
  const fault = faultOf(settled, { source, productId }) ?? findEntry(settled.flawed, { source, productId })?.fault;
  return fault?.error ?? 'None';
}

function userOf(state: TenantState, id: string): UserState {
  const user = state.users.get(id);
  if (user === undefined) throw new Error(`there is no user ${id}: add it first`);
  return user;
}

function groupOf(state: TenantState, id: string): GroupState {
  const group = state.groups.get(id);
  if (group === undefined) throw new Error(`there is no group ${id}: add it first`);
  return group;
}
