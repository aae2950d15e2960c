import { readFileSync } from 'node:fs';

export type BuiltInPlan = {
  readonly planId: string;
  readonly name: string;
  readonly displayName: string;
  /** Graph's word, as in `assignedPlans`. */
  readonly service: string;
  /** Whether the plan gives its user a mailbox: then the user's addresses must be its own (L-11). */
  readonly mailbox: boolean;
  readonly appliesTo: 'User' | 'Company';
};

export type BuiltInProduct = {
  readonly productId: string;
  readonly skuPartNumber: string;
  readonly displayName: string;
  readonly appliesTo: 'User' | 'Company';
  /** Ids of plans. */
  readonly servicePlans: readonly string[];
};

/** Plans by id. Within an exclusion each excludes every other; a requirement is met by any of its list (L-06). */
export type Rules = {
  readonly exclusions: readonly { readonly name: string; readonly plans: readonly string[] }[];
  readonly requirements: readonly { readonly plan: string; readonly anyOf: readonly string[] }[];
};

export type BuiltInCatalogue = {
  readonly plans: readonly BuiltInPlan[];
  readonly products: readonly BuiltInProduct[];
  readonly ruleSets: { readonly classic: Rules; readonly current: Rules };
};

/**
 * The catalogue a new tenant starts with (L-21): the products administrators meet daily, their plans and those the
 * rules name, and both rule sets (docs/decisions/0003-built-in-rules.md). Written by tools/make-catalogue.ts; no
 * countries, because Microsoft publishes none.
 */
export function builtInCatalogue(): BuiltInCatalogue {
  // The files are generated in these shapes, and built-in.test.ts looks at every value in them.
  return {
    plans: read('plans.json') as readonly BuiltInPlan[],
    products: read('products.json') as readonly BuiltInProduct[],
    ruleSets: { classic: read('rules-classic.json') as Rules, current: read('rules-current.json') as Rules },
  };
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../catalogue/${name}`, import.meta.url), 'utf8'));
}
