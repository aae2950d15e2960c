import { draftPlan, entriesOf, finishPlan, noFacts, prepareCatalogue, prepareWorld, seatsOf } from '@allot/engine';
import type {
  Assignment,
  BundleData,
  Catalogue,
  Change,
  CohortState,
  Draft,
  Facts,
  LicenseError,
  LicenseState,
  Line,
  World,
} from '@allot/engine';
import { builtInCatalogue } from '../src/catalogue/built-in.ts';
import type { ImportedGroup } from '../src/imports/groups-file.ts';
import type { ImportedUser } from '../src/imports/imported-user.ts';
import type { DemoTenant, LaterStep } from './demo-files.ts';

type Person = { readonly upn: string; addresses: readonly string[]; location: string | null; state: CohortState };

/** Entries in error of one group, product and cause: as in expected.json. */
export type ErrorRow = {
  readonly group: string;
  readonly skuPartNumber: string;
  readonly error: LicenseError;
  readonly state: LicenseState;
  readonly users: number;
};

/**
 * The demo tenant settled by the engine alone, every user a cohort of its own: what the files mean, without a
 * database. Groups go by display name instead of id.
 */
export class ContosoInMemory {
  readonly #people: Person[];
  readonly #groups: readonly ImportedGroup[];
  readonly #members = new Map<string, Set<string>>();
  readonly #direct = new Map<string, Assignment[]>();
  readonly #usable = new Map<string, number>();
  readonly #catalogue: Catalogue;
  readonly #world: World;
  readonly #defaultLocation: string;
  readonly #waitingSince = new Map<number, number>();
  #changes = 0;

  constructor(users: readonly ImportedUser[], groups: readonly ImportedGroup[], tenant: DemoTenant) {
    this.#catalogue = catalogueOf(tenant);
    this.#defaultLocation = tenant.defaultUsageLocation;
    this.#groups = groups;
    this.#people = users.map((user) => ({
      upn: user.userPrincipalName,
      addresses: user.proxyAddresses,
      location: user.usageLocation,
      state: { facts: noFacts, exceptions: [] },
    }));
    for (const { displayName, members } of groups) this.#members.set(displayName, new Set(members));
    for (const { skuPartNumber, units } of tenant.subscriptions) {
      const productId = this.#productId(skuPartNumber);
      this.#usable.set(productId, (this.#usable.get(productId) ?? 0) + units);
    }
    for (const { userPrincipalName, ...license } of tenant.directAssignments) {
      const own = this.#direct.get(userPrincipalName) ?? [];
      this.#direct.set(userPrincipalName, [...own, this.#assignment(license)]);
    }
    const withoutGroups = prepareWorld(this.#catalogue, [], false);
    this.#world = prepareWorld(this.#catalogue, this.#bundles(tenant), false);
    // Direct assignments are in force before the groups ask; then all groups are settled as one change.
    this.#settle(withoutGroups, withoutGroups, false);
    this.#settle(withoutGroups, this.#world, true);
  }

  apply(step: LaterStep): void {
    const person = 'userPrincipalName' in step ? this.#person(step.userPrincipalName) : undefined;
    if (step.step === 'setSeats') this.#usable.set(this.#productId(step.skuPartNumber), step.units);
    else if (step.step === 'removeMember') this.#members.get(step.group)?.delete(step.userPrincipalName);
    else if (person === undefined) throw new Error(`There is nobody for ${JSON.stringify(step)}`);
    else if (step.step === 'setUsageLocation') person.location = step.usageLocation;
    else if (step.step === 'setAddresses') person.addresses = step.proxyAddresses;
    else person.addresses = [...person.addresses, step.address];
    this.#settle(this.#world, this.#world, true);
  }

  consumed(skuPartNumber: string): number {
    return this.#consumed().get(this.#productId(skuPartNumber)) ?? 0;
  }

  usable(skuPartNumber: string): number {
    return this.#usable.get(this.#productId(skuPartNumber)) ?? 0;
  }

  errors(): { rows: ErrorRow[]; usersInError: number } {
    const users = new Map<string, number>();
    let usersInError = 0;
    for (const { state } of this.#people) {
      const wrong = entriesOf(state, this.#world).filter(({ reason }) => reason !== undefined);
      if (wrong.length > 0) usersInError += 1;
      for (const { source, productId, reason, state: licenseState } of wrong) {
        const part = this.#catalogue.products.get(productId)?.data.skuPartNumber ?? productId;
        const key = [source, part, reason?.error, licenseState].join('|');
        users.set(key, (users.get(key) ?? 0) + 1);
      }
    }
    const rows = [...users].map(([key, count]) => {
      const [group = '', skuPartNumber = '', error, state] = key.split('|');
      // They were put into the key three lines above.
      return { group, skuPartNumber, error: error as LicenseError, state: state as LicenseState, users: count };
    });
    return { rows, usersInError };
  }

  /** Settles everybody who has other facts, or everybody when the world is another one, as one change. */
  #settle(before: World, after: World, withGroups: boolean): void {
    this.#changes += 1;
    const facts = this.#facts(withGroups);
    const consumed = this.#consumed();
    const change: Change = {
      before,
      after,
      seats: new Map(
        [...this.#usable].map(([id, usable]) => [
          id,
          { usableBefore: usable, usable, consumed: consumed.get(id) ?? 0 },
        ]),
      ),
      cohorts: this.#people.map(({ state }, cohortNo) => ({ cohortNo, members: 1, concerned: true, state })),
      movements: facts.map((next, userNo) => ({ movementNo: userNo, from: userNo, facts: next, count: 1 })),
      loadedWaiting: new Set(this.#usable.keys()),
      reactToSeats: true,
    };
    const draft = draftPlan(change);
    const plan = finishPlan(draft, this.#line(draft));
    if (plan.kind === 'needs') throw new Error(`Everybody is loaded, and yet the plan needs ${plan.products.join()}`);
    for (const { unit, state } of plan.parts) {
      const person = this.#people[unit.cohort?.cohortNo ?? -1];
      if (person && state) person.state = state;
    }
    for (const [userNo, { state }] of this.#people.entries()) {
      const waits = state.exceptions.some(({ error }) => error === 'CountViolation');
      if (!waits) this.#waitingSince.delete(userNo);
      else if (!this.#waitingSince.has(userNo)) this.#waitingSince.set(userNo, this.#changes);
    }
  }

  /** The line of L-14. */
  #line({ units }: Draft): Line {
    const since = (userNo: number) => this.#waitingSince.get(userNo) ?? this.#changes;
    const line = units
      .filter(({ contends }) => contends)
      .map(({ unitNo, priority, cohort }) => ({ unitNo, priority, userNo: cohort?.cohortNo ?? -1 }))
      .sort((a, b) => a.priority - b.priority || since(a.userNo) - since(b.userNo) || a.userNo - b.userNo);
    return { userNos: line.map(({ userNo }) => userNo), units: line.map(({ unitNo }) => unitNo) };
  }

  #facts(withGroups: boolean): Facts[] {
    const owners = new Map<string, number>();
    const keysOf = (person: Person) => person.addresses.map((address) => address.toLowerCase());
    for (const person of this.#people) for (const key of keysOf(person)) owners.set(key, (owners.get(key) ?? 0) + 1);
    const licensed = withGroups ? this.#groups.filter(({ licenses }) => licenses.length > 0) : [];
    return this.#people.map((person) => ({
      place: this.#catalogue.placeOf(person.location ?? this.#defaultLocation),
      sharesAddress: keysOf(person).some((key) => (owners.get(key) ?? 0) > 1),
      direct: this.#direct.get(person.upn) ?? [],
      groups: licensed
        .map(({ displayName }) => displayName)
        .filter((name) => this.#members.get(name)?.has(person.upn))
        .sort(),
    }));
  }

  #consumed(): Map<string, number> {
    const consumed = new Map<string, number>();
    for (const { state } of this.#people) {
      const holdings = entriesOf(state, this.#world).map(({ productId, inForce }) => ({
        product: { productId },
        inForce,
      }));
      for (const productId of seatsOf(holdings)) consumed.set(productId, (consumed.get(productId) ?? 0) + 1);
    }
    return consumed;
  }

  #bundles(tenant: DemoTenant): BundleData[] {
    return this.#groups.map(({ displayName, licenses }, index) => ({
      groupId: displayName,
      priority: 100,
      firstLicensedAt: index,
      atomicity: 'bundle',
      prerequisites: 'group',
      ...tenant.groupLicensing.find((options) => options.displayName === displayName),
      assignments: licenses.map((license) => this.#assignment(license)),
    }));
  }

  #assignment(license: { skuPartNumber: string; disabledPlans: readonly string[] }): Assignment {
    const productId = this.#productId(license.skuPartNumber);
    const product = this.#catalogue.products.get(productId);
    const disabledPlans = license.disabledPlans.map((name) => {
      const planId = product?.data.planIds.find((id) => this.#catalogue.planData(id)?.name === name);
      if (planId === undefined) throw new Error(`${license.skuPartNumber} has no plan ${name}`);
      return planId;
    });
    return { productId, disabledPlans: disabledPlans.sort() };
  }

  #productId(skuPartNumber: string): string {
    const product = this.#catalogue.data.products.find((candidate) => candidate.skuPartNumber === skuPartNumber);
    if (product === undefined) throw new Error(`There is no product ${skuPartNumber} in the built-in catalogue`);
    return product.productId;
  }

  #person(userPrincipalName: string): Person {
    const person = this.#people.find(({ upn }) => upn === userPrincipalName);
    if (person === undefined) throw new Error(`There is no user ${userPrincipalName}`);
    return person;
  }
}

/** The built-in catalogue under the rules `classic`, with the countries of the demo tenant. */
function catalogueOf(tenant: DemoTenant): Catalogue {
  const { plans, products, ruleSets } = builtInCatalogue();
  const denied = new Map(tenant.plans.map(({ planId, locations }) => [planId, locations.deny]));
  return prepareCatalogue({
    plans: plans.map((plan) => ({ ...plan, deny: denied.get(plan.planId) ?? null, allow: null })),
    products: products.map(({ servicePlans, ...product }) => ({ ...product, planIds: servicePlans })),
    ...ruleSets.classic,
  });
}
