import assert from 'node:assert/strict';
import { type Assignment, parseRule } from '@allot/engine';
import { namedBy } from '../model/rules/naive.ts';
import { direct } from './names.ts';
import { Products } from './products.ts';
import type { Action, ScenarioCatalogue, Units } from './scenario.ts';

/** What administrators asked for so far: kept from the steps alone, so that an expectation need not repeat it. */
export class Wanted {
  readonly users: string[] = [];
  readonly groups: string[] = [];
  readonly #products: Products;
  /** Assignments by the name of a group, or `direct NAME`. */
  readonly #assignments = new Map<string, Map<string, readonly string[]>>();
  readonly #members = new Map<string, Set<string>>();
  readonly #usable = new Map<string, number>();
  readonly #transitive = new Set<string>();
  readonly #departments = new Map<string, string | null>();
  readonly #rules = new Map<string, { readonly rule: string; readonly paused: boolean }>();

  constructor(catalogue: ScenarioCatalogue) {
    this.#products = new Products(catalogue);
  }

  /** An action that was not refused. */
  accept(action: Action): void {
    this.#products.apply(action);
    switch (action.kind) {
      case 'createUser':
        this.users.push(action.user);
        this.#departments.set(action.user, action.department);
        return this.#followRules();
      case 'setDepartment':
        this.#departments.set(action.user, action.department);
        return this.#followRules();
      case 'deleteUser':
        this.users.splice(this.users.indexOf(action.user), 1);
        return;
      case 'restoreUser':
        this.users.push(action.user);
        return;
      case 'createGroup':
        this.groups.push(action.group);
        if (action.rule !== undefined) this.#rules.set(action.group, { rule: action.rule, paused: false });
        return this.#followRules();
      case 'changeRule': {
        const {
          rule = this.#rules.get(action.group)?.rule ?? null,
          paused = this.#rules.get(action.group)?.paused ?? false,
        } = action.change;
        if (rule === null) this.#rules.delete(action.group);
        else this.#rules.set(action.group, { rule, paused });
        return this.#followRules();
      }
      case 'updateGroup':
        if (action.options.licenseInheritance === 'transitive') this.#transitive.add(action.group);
        if (action.options.licenseInheritance === 'direct') this.#transitive.delete(action.group);
        return;
      case 'deleteGroup':
        this.groups.splice(this.groups.indexOf(action.group), 1);
        this.#assignments.delete(action.group);
        this.#members.delete(action.group);
        return;
      case 'addMembers':
        for (const member of action.members) this.#membersOf(action.group).add(member);
        return;
      case 'removeMember':
        this.#membersOf(action.group).delete(action.member);
        return;
      case 'assignUser':
        return this.#assign(`${direct} ${action.user}`, action.add, action.remove);
      case 'assignGroup':
        return this.#assign(action.group, action.add, action.remove);
      case 'seats':
        this.#usable.set(action.productId, usableOf(action.units));
        return;
      default:
        return;
    }
  }

  /** What a scenario says of the seats, which time alone may have changed (L-15). */
  learnUsable(productId: string, usable: number): void {
    this.#usable.set(productId, usable);
  }

  /** L-12, by product. */
  get usable(): ReadonlyMap<string, number> {
    return this.#usable;
  }

  /** Plans of an assignment that are wanted; undefined: the assignment is not wanted. */
  plansOf(user: string, source: string, productId: string): readonly string[] | undefined {
    const disabled = this.#assignments.get(source === direct ? `${direct} ${user}` : source)?.get(productId);
    if (disabled === undefined || (source !== direct && !this.#inherits(user, source))) return undefined;
    return this.allPlansOf(productId).filter((planId) => !disabled.includes(planId));
  }

  readonly allPlansOf = (productId: string): readonly string[] => this.#products.plansOf(productId);

  /** Every assignment that a user wants from a source. */
  assignmentsOf(user: string): { readonly source: string; readonly productId: string }[] {
    const sources = [direct, ...this.groups.filter((group) => this.#inherits(user, group))];
    return sources.flatMap((source) =>
      [...(this.#assignments.get(source === direct ? `${direct} ${user}` : source)?.keys() ?? [])].map((productId) => ({
        source,
        productId,
      })),
    );
  }

  /** L-26, for rules over departments. */
  #followRules(): void {
    for (const [group, { rule, paused }] of this.#rules) {
      if (paused) continue;
      const parsed = parseRule(rule);
      assert.ok(parsed.ok, rule);
      const named = this.users.filter((user) => {
        const values = { department: this.#departments.get(user) ?? null };
        return namedBy(
          parsed.tree,
          { values, lists: { otherMails: [], proxyAddresses: [] }, groupIds: [] },
          new Date(),
        );
      });
      this.#members.set(group, new Set(named));
    }
  }

  #assign(owner: string, add: readonly Assignment[], remove: readonly string[]): void {
    const assignments = this.#assignments.get(owner) ?? new Map<string, readonly string[]>();
    this.#assignments.set(owner, assignments);
    for (const productId of remove) assignments.delete(productId);
    for (const { productId, disabledPlans } of add) assignments.set(productId, disabledPlans);
  }

  /** L-22, L-23. */
  #inherits(user: string, group: string): boolean {
    const within = new Set([group]);
    // A set is walked to its end, and what is added meanwhile too.
    for (const one of within) {
      if (this.#membersOf(one).has(user)) return true;
      if (this.#transitive.has(group))
        for (const member of this.#membersOf(one)) if (this.groups.includes(member)) within.add(member);
    }
    return false;
  }

  #membersOf(group: string): Set<string> {
    const members = this.#members.get(group) ?? new Set();
    this.#members.set(group, members);
    return members;
  }
}

const usableOf = (units: Units): number => (units.get('Enabled') ?? 0) + (units.get('Warning') ?? 0);
