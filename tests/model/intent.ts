import type { ModelCatalogue } from './catalogue.ts';
import type { Assignment } from './assignment-request.ts';
import type { Step, World } from './random-history.ts';

/** One plan-by-plan wish: this source wants these plans of this product for this user. */
export interface Wish {
  source: string;
  productId: string;
  plans: string[];
}

/** What the accepted steps of a history ask for, kept without settling anything: the measure of the invariants. */
export class Intent {
  readonly users = new Set<string>();
  readonly seats = new Map<string, number>();
  readonly #catalogue: ModelCatalogue;
  readonly #members = new Set<string>();
  /** By source, a group or `direct` of a user. */
  readonly #assignments = new Map<string, Map<string, Assignment>>();
  readonly #groups: string[];

  constructor(world: World) {
    this.#catalogue = world.catalogue;
    this.#groups = world.groups.map((group) => group.id);
  }

  /** Takes note of a step that was not refused. */
  accept(step: Step): void {
    if (step.kind === 'addUsers') for (const { id } of step.users) this.users.add(id);
    else if (step.kind === 'deleteUser') this.#deleteUser(step.userId);
    else if (step.kind === 'setSeats') this.seats.set(step.productId, step.usable);
    else if (step.kind === 'assignGroup') this.#assign(step.groupId, step.add, step.remove);
    else if (step.kind === 'assignDirect') this.#assign(step.userId, step.add, step.remove);
    else if (step.kind === 'changeMembers') {
      for (const { group, user, member } of step.changes) {
        if (member) this.#members.add(`${group} ${user}`);
        else this.#members.delete(`${group} ${user}`);
      }
    }
  }

  wishesOf(userId: string): Wish[] {
    const groups = this.#groups.filter((group) => this.#members.has(`${group} ${userId}`));
    const owners = [{ source: 'direct', owner: userId }, ...groups.map((group) => ({ source: group, owner: group }))];
    return owners.flatMap(({ source, owner }) =>
      [...(this.#assignments.get(owner)?.values() ?? [])].map(({ productId, disabledPlans }) => {
        const product = this.#catalogue.products.find((one) => one.id === productId);
        const plans = (product?.plans ?? []).filter((plan) => !disabledPlans.includes(plan));
        return { source, productId, plans };
      }),
    );
  }

  #assign(owner: string, add: readonly Assignment[], remove: readonly string[]): void {
    const assignments = this.#assignments.get(owner) ?? new Map<string, Assignment>();
    for (const productId of remove) assignments.delete(productId);
    for (const one of add) assignments.set(one.productId, one);
    this.#assignments.set(owner, assignments);
  }

  #deleteUser(userId: string): void {
    this.users.delete(userId);
    this.#assignments.delete(userId);
    for (const group of this.#groups) this.#members.delete(`${group} ${userId}`);
  }
}
