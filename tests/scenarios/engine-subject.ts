import assert from 'node:assert/strict';
import type { Assignment, PlanData, ProductData } from '@allot/engine';
import { MemoryTenant } from '../engine/memory-tenant.ts';
import type { Change } from '../model/batches.ts';
import type { ModelPlan, ModelProduct } from '../model/catalogue.ts';
import { builtInRules } from './read-catalogue.ts';
import type { Action, Scenario, TenantSettings, Units } from './scenario.ts';
import type { Shown, ShownUser, Subject, Waiting } from './subject.ts';

/** A tenant in memory: the engine alone, without database and server. */
export class EngineSubject implements Subject {
  readonly #tenant: MemoryTenant;
  readonly #users = new Set<string>();
  readonly #seats = new Map<string, number>();
  #settings = { defaultUsageLocation: null as string | null, keepUntilReplaced: false };

  constructor({ catalogue }: Scenario) {
    const { exclusions, requirements } = catalogue.rules ?? builtInRules(catalogue.ruleSet);
    const model = {
      plans: [...catalogue.plans.values()].map(modelPlan),
      products: [...catalogue.products.values()].map(modelProduct),
      exclusions: exclusions.map(({ name, plans }) => ({ name, plans: [...plans] })),
      requirements: requirements.map(({ plan, anyOf }) => ({ plan, anyOf: [...anyOf] })),
    };
    this.#tenant = new MemoryTenant(model, this.#settings);
  }

  async perform(action: Action): Promise<string | undefined> {
    const refusal = this.#changesOf(action)
      .map((change) => this.#tenant.accept(change))
      .find(Boolean);
    if (refusal instanceof Error) return refusal.message;
    if (action.kind === 'createUser') this.#users.add(action.user);
    if (action.kind === 'deleteUser') this.#users.delete(action.user);
    if (action.kind === 'seats') this.#seats.set(action.productId, usableOf(action.units));
    return undefined;
  }

  async settle(): Promise<void> {
    this.#tenant.settle();
    this.#tenant.cohorts.assertCountsAgree(this.#tenant.world);
  }

  async shown(): Promise<Shown> {
    const products = [...this.#seats];
    return {
      users: new Map([...this.#users].map((user) => [user, this.#shownUser(user)])),
      seats: new Map(products.map(([id, usable]) => [id, { consumed: this.#tenant.consumed(id), usable }])),
    };
  }

  async waiting(productId: string): Promise<Waiting[]> {
    return this.#tenant.waiting(productId).map(({ userId, position }) => ({ user: userId, position }));
  }

  #shownUser(user: string): ShownUser {
    const entries = this.#tenant.entries(user);
    const inForce = entries.filter(({ state }) => state !== 'Error');
    const byProduct = Map.groupBy(inForce, ({ productId }) => productId);
    return {
      entries: entries.map(({ enabledPlans, ...entry }) => ({ ...entry, inForce: enabledPlans })),
      licenses: new Map(
        [...byProduct].map(([id, some]) => [id, [...new Set(some.flatMap((one) => one.enabledPlans))]]),
      ),
      plans: [...new Set(entries.flatMap(({ enabledPlans }) => enabledPlans))],
    };
  }

  #changesOf(action: Action): Change[] {
    switch (action.kind) {
      case 'settings':
        return this.#changeSettings(action.settings);
      case 'setRules': {
        const exclusions = action.rules.exclusions.map(({ name, plans }) => ({ name, plans: [...plans] }));
        const requirements = action.rules.requirements.map(({ plan, anyOf }) => ({ plan, anyOf: [...anyOf] }));
        return [{ kind: 'setRules', exclusions, requirements }];
      }
      case 'definePlan':
        return [{ kind: 'setPlan', plan: modelPlan(action.plan) }];
      case 'defineProduct':
        return [{ kind: 'setProduct', product: modelProduct(action.product) }];
      case 'seats':
        return [{ kind: 'setSeats', productId: action.productId, usable: usableOf(action.units) }];
      case 'createUser': {
        const { user: id, location, addresses } = action;
        return [
          {
            kind: 'addUsers',
            users: [{ id, ...(location ? { usageLocation: location } : {}), addresses: [...addresses] }],
          },
        ];
      }
      case 'setLocation':
        return [{ kind: 'setUsageLocation', userId: action.user, usageLocation: action.location }];
      case 'setAddresses':
        return [{ kind: 'setAddresses', userId: action.user, addresses: [...action.addresses] }];
      case 'deleteUser':
        return [{ kind: 'deleteUser', userId: action.user }];
      case 'createGroup':
        return [{ kind: 'addGroup', groupId: action.group }];
      case 'updateGroup': {
        const { newPlans: _, ...licensing } = action.options;
        return [{ kind: 'setGroupLicensing', groupId: action.group, licensing }];
      }
      case 'addMembers':
        return [
          {
            kind: 'changeMembers',
            changes: action.members.map((user) => ({ group: action.group, user, member: true })),
          },
        ];
      case 'removeMember':
        return [{ kind: 'changeMembers', changes: [{ group: action.group, user: action.member, member: false }] }];
      case 'assignUser':
        return [{ kind: 'assignDirect', userId: action.user, add: copies(action.add), remove: [...action.remove] }];
      case 'assignGroup':
        return [{ kind: 'assignGroup', groupId: action.group, add: copies(action.add), remove: [...action.remove] }];
      case 'reprocessUser':
      case 'reprocessGroup':
        return [{ kind: 'reprocess' }];
      case 'setDepartment':
        return [];
      case 'changeRule':
      case 'deleteGroup':
      case 'restoreUser':
      case 'endSubscription':
      case 'passTime':
        return assert.fail(`${action.kind} is not for the engine`);
    }
  }

  #changeSettings({ defaultUsageLocation, keepUntilReplaced, ruleSet }: TenantSettings): Change[] {
    this.#settings = {
      defaultUsageLocation:
        defaultUsageLocation === undefined ? this.#settings.defaultUsageLocation : defaultUsageLocation,
      keepUntilReplaced: keepUntilReplaced ?? this.#settings.keepUntilReplaced,
    };
    const rules = ruleSet ? this.#changesOf({ kind: 'setRules', rules: builtInRules(ruleSet) }) : [];
    return [{ kind: 'setSettings', settings: this.#settings }, ...rules];
  }
}

const copies = (assignments: readonly Assignment[]) =>
  assignments.map(({ productId, disabledPlans }) => ({ productId, disabledPlans: [...disabledPlans] }));

/** L-12. */
const usableOf = (units: Units): number => (units.get('Enabled') ?? 0) + (units.get('Warning') ?? 0);

const modelPlan = ({ planId, mailbox, deny, allow }: PlanData): ModelPlan => ({
  id: planId,
  mailbox,
  ...(deny ? { deny: [...deny] } : {}),
  ...(allow ? { allow: [...allow] } : {}),
});

const modelProduct = ({ productId, appliesTo, planIds }: ProductData): ModelProduct => ({
  id: productId,
  plans: [...planIds],
  company: appliesTo === 'Company',
});
