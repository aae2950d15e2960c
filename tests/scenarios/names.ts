import type { Assignment, ProductData } from '@allot/engine';
import type { PlanChoice, ScenarioCatalogue } from './scenario.ts';
import type { Field } from './yaml-field.ts';

export const direct = 'direct';

/** The name of an entry: `E3 from sales`, or `E3 direct`. */
export const entryName = (product: string, source: string): string =>
  source === direct ? `${product} direct` : `${product} from ${source}`;

/** What the names in a file stand for. Users and groups become known as they appear. */
export class Names {
  readonly users = new Set<string>();
  readonly groups = new Set<string>();
  readonly #catalogue: ScenarioCatalogue;

  constructor(catalogue: ScenarioCatalogue) {
    this.#catalogue = catalogue;
  }

  product(name: string, at: Field): ProductData {
    return this.#catalogue.products.get(name) ?? at.fail(unknown('product', name, this.#catalogue.products.keys()));
  }

  plan(name: string, at: Field): string {
    const plan = this.#catalogue.plans.get(name);
    return (
      plan?.planId ??
      at.fail(`there is no service plan '${name}'. Write the servicePlanName, or define it under given.`)
    );
  }

  plans(at: Field): string[] {
    return at.texts().map((name) => this.plan(name, at));
  }

  user(at: Field): string {
    const name = at.text();
    return this.users.has(name) ? name : at.fail(unknown('user', name, this.users));
  }

  group(at: Field): string {
    const name = at.text();
    return this.groups.has(name) ? name : at.fail(unknown('group', name, this.groups));
  }

  /** A user or a group. */
  member(at: Field): string {
    const name = at.text();
    return this.users.has(name) || this.groups.has(name)
      ? name
      : at.fail(unknown('member', name, [...this.users, ...this.groups]));
  }

  /** `E3`, `E3 without A, B`, or `E3 only A, B`. */
  assignment(at: Field): Assignment {
    const [, name = '', choice] = /^(\S+)(?: ((?:without|only) .+))?$/.exec(at.text()) ?? [];
    const { productId, planIds } = this.product(name, at);
    if (choice === undefined) return { productId, disabledPlans: [] };
    const { kind, plans } = this.choice(choice, at);
    const disabled = kind === 'without' ? [...plans] : planIds.filter((planId) => !plans.includes(planId));
    return { productId, disabledPlans: disabled.toSorted() };
  }

  /** `all plans`, `without A, B`, or `only A, B`. */
  choice(text: string, at: Field): PlanChoice {
    if (text === 'all plans') return { kind: 'without', plans: [] };
    const [, kind, listed = ''] = /^(without|only) (.+)$/.exec(text) ?? [];
    if (kind !== 'without' && kind !== 'only')
      return at.fail(`'${text}' says no plans. Write: all plans, without A, B, or: only A, B.`);
    return { kind, plans: listed.split(/, */).map((name) => this.plan(name, at)) };
  }

  /** `E3 from sales` or `E3 direct`, as it is. */
  entry(text: string, at: Field): string {
    const [, product = '', group] = /^(\S+) (?:direct|from (\S+))$/.exec(text) ?? [];
    if (product === '') return at.fail(`'${text}' names no entry. Write: E3 direct, or: E3 from GROUP.`);
    this.product(product, at);
    if (group !== undefined && !this.groups.has(group)) return at.fail(unknown('group', group, this.groups));
    return text;
  }
}

const unknown = (kind: string, name: string, known: Iterable<string>): string =>
  `there is no ${kind} '${name}'. There are: ${[...known].join(', ') || 'none'}.`;
