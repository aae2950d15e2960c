import type { PlanData, ProductData } from '@allot/engine';
import { type BuiltInCatalogue, builtInCatalogue } from '../../packages/server/src/catalogue/built-in.ts';
import type { Rules, ScenarioCatalogue } from './scenario.ts';
import type { Field } from './yaml-field.ts';

let builtIn: BuiltInCatalogue | undefined;
const shipped = (): BuiltInCatalogue => (builtIn ??= builtInCatalogue());

export interface CatalogueFields {
  readonly products: Field;
  readonly plans: Field | undefined;
  readonly rules: Field | undefined;
  readonly ruleSet: 'classic' | 'current';
}

/**
 * The products of a scenario: those of the built-in list by part number, and made-up ones as lists of plans. With `rules` only
 * those rules are true, otherwise the built-in ones.
 */
export function readCatalogue({ products, plans, rules, ruleSet }: CatalogueFields): ScenarioCatalogue {
  const known = new Map(
    shipped().plans.map((plan): [string, PlanData] => [plan.name, { ...plan, deny: null, allow: null }]),
  );
  const own = { plans: new Map<string, PlanData>(), products: new Map<string, ProductData>() };
  const define = (plan: PlanData) => {
    own.plans.set(plan.name, plan);
    known.set(plan.name, plan);
  };
  const named = (name: string): PlanData => {
    const plan = known.get(name) ?? newPlan(name, own.plans.size);
    if (!known.has(name)) define(plan);
    return plan;
  };
  for (const [name, field] of plans?.entries() ?? []) define(readPlan(named(name), field));

  const byName = new Map<string, ProductData>();
  for (const [name, field] of products.entries()) {
    const product = readProduct(name, field, own.products.size, (plan) => named(plan).planId);
    byName.set(name, product.data);
    if (product.isOwn) own.products.set(name, product.data);
  }
  return {
    plans: known,
    products: byName,
    own: { plans: [...own.plans.values()], products: [...own.products.values()] },
    usesBuiltIn: byName.size > own.products.size,
    rules: rules && readRules(rules, known),
    ruleSet,
  };
}

/** The built-in rules of a rule set. */
export const builtInRules = (ruleSet: 'classic' | 'current'): Rules => shipped().ruleSets[ruleSet];

/** Exclusions by name, and requirements by plan: any of the list. */
export function readRules(field: Field, plans: ReadonlyMap<string, PlanData>): Rules {
  const fields = field.keys(['exclusions', 'requirements']);
  const idOf = (name: string, at: Field) => plans.get(name)?.planId ?? at.fail(`no product has a plan '${name}'.`);
  return {
    exclusions: (fields.get('exclusions')?.entries() ?? []).map(([name, at]) => ({
      name,
      plans: at.texts().map((plan) => idOf(plan, at)),
    })),
    requirements: (fields.get('requirements')?.entries() ?? []).map(([plan, at]) => ({
      plan: idOf(plan, at),
      anyOf: at.texts().map((one) => idOf(one, at)),
    })),
  };
}

/** What is said of a plan; the rest stays as it was. */
export function readPlan(plan: PlanData, field: Field): PlanData {
  const fields = field.keys(['mailbox', 'deny', 'allow']);
  return {
    ...plan,
    mailbox: fields.get('mailbox')?.flag() ?? plan.mailbox,
    deny: fields.get('deny')?.texts() ?? null,
    allow: fields.get('allow')?.texts() ?? null,
  };
}

function readProduct(
  name: string,
  field: Field,
  at: number,
  planId: (name: string) => string,
): { readonly data: ProductData; readonly isOwn: boolean } {
  if (!field.isList) {
    const partNumber = field.text();
    const product = shipped().products.find((one) => one.skuPartNumber === partNumber);
    if (!product)
      return field.fail(
        `the built-in catalogue has no product '${partNumber}'. Write a skuPartNumber, or a list of plans.`,
      );
    const { productId, skuPartNumber, displayName, appliesTo, servicePlans } = product;
    return {
      data: { productId, skuPartNumber, displayName, appliesTo, planIds: servicePlans.toSorted() },
      isOwn: false,
    };
  }
  const planIds = field.texts().map(planId).toSorted();
  const productId = `00000000-0000-4000-a000-${String(at + 1).padStart(12, '0')}`;
  return { data: { productId, skuPartNumber: name, displayName: name, appliesTo: 'User', planIds }, isOwn: true };
}

/** Ids in the order of definition, because the lowest id decides where nothing else does (decision 2). */
const newPlan = (name: string, at: number): PlanData => ({
  planId: `00000000-0000-4000-b000-${String(at + 1).padStart(12, '0')}`,
  name,
  displayName: name,
  service: 'exchange',
  appliesTo: 'User',
  mailbox: false,
  deny: null,
  allow: null,
});
