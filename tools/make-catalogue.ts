/**
 * Writes the built-in catalogue (packages/server/catalogue: products, plans, both rule sets) from a product list of
 * Microsoft and selection.json beside it, which says by hand what the list does not: which products, which words,
 * which plans are mailboxes, which exclude or need each other.
 *
 *   node tools/make-catalogue.ts products-2026-01.csv
 */

import { spawnSync } from 'node:child_process';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProductList } from '../packages/server/src/imports/product-list.ts';
import type { ProductList } from '../packages/server/src/imports/product-list.ts';

type AppliesTo = 'User' | 'Company';

type Selection = {
  readonly products: readonly { skuPartNumber: string; displayName?: string; appliesTo?: AppliesTo }[];
  /** By plan name, where the list's own wording is shouted, outdated or belongs to another plan. */
  readonly displayNames: Readonly<Record<string, string>>;
  /** Graph's word for a service, and the names of its plans. */
  readonly services: Readonly<Record<string, readonly string[]>>;
  readonly mailbox: readonly string[];
  readonly companyLevel: readonly string[];
  /** Plans that rules name and the list has not. */
  readonly unlistedPlans: readonly { planId: string; name: string; displayName: string }[];
  /** Names are not unique in the list, so those that rules use are pinned. */
  readonly rulePlanIds: Readonly<Record<string, string>>;
  readonly exclusions: readonly { name: string; ruleSets: readonly string[]; plans: readonly string[] }[];
  readonly requirements: readonly { plan: string; anyOf: readonly string[] }[];
};

const root = join(import.meta.dirname, '..');
const folder = join(root, 'packages/server/catalogue');

const path = process.argv[2];
if (path === undefined) throw new Error('Name the product list: node tools/make-catalogue.ts FILE');
const list = await readProductList(createReadStream(path));
if (list.problems.length > 0)
  throw new Error(`The product list has problems: ${JSON.stringify(list.problems, null, 2)}`);
// The file is ours, in the shape above; every name in it is checked below.
const selection = JSON.parse(readFileSync(join(folder, 'selection.json'), 'utf8')) as Selection;

const products = selectProducts(list, selection);
const plans = describePlans(list, selection, new Set(products.flatMap(({ servicePlans }) => servicePlans)));
write('products.json', products);
write('plans.json', plans);
for (const ruleSet of ['classic', 'current']) write(`rules-${ruleSet}.json`, rulesOf(selection, ruleSet));
format();
process.stdout.write(`${products.length} products and ${plans.length} plans written to ${folder}\n`);

function selectProducts(from: ProductList, { products: selected }: Selection) {
  return selected.map(({ skuPartNumber, displayName, appliesTo = 'User' }) => {
    const found = from.products.filter(
      (product) => product.skuPartNumber.toLowerCase() === skuPartNumber.toLowerCase(),
    );
    const product = found[0];
    if (product === undefined || found.length > 1) {
      throw new Error(`The list has ${found.length} products ${skuPartNumber}: correct selection.json`);
    }
    return {
      productId: product.productId,
      skuPartNumber: product.skuPartNumber,
      displayName: displayName ?? product.displayName,
      appliesTo,
      servicePlans: product.servicePlans.map(({ planId }) => planId),
    };
  });
}

/** The plans of the products and those that rules name, in the order of their names. */
function describePlans(from: ProductList, chosen: Selection, planIds: ReadonlySet<string>) {
  checkPinnedNames(from, chosen);
  const wanted = new Set([...planIds, ...Object.values(chosen.rulePlanIds)]);
  const serviceOf = new Map(
    Object.entries(chosen.services).flatMap(([word, names]) => names.map((name) => [name, word] as const)),
  );
  return [...from.plans, ...chosen.unlistedPlans]
    .filter(({ planId }) => wanted.has(planId))
    .map(({ planId, name, displayName }) => {
      const service = serviceOf.get(name);
      if (service === undefined) throw new Error(`Plan ${name} has no service: add it to selection.json`);
      return {
        planId,
        name,
        displayName: chosen.displayNames[name] ?? displayName,
        service,
        mailbox: chosen.mailbox.includes(name),
        appliesTo: chosen.companyLevel.includes(name) ? 'Company' : 'User',
      };
    })
    .sort((a, b) => compare(a.name, b.name) || compare(a.planId, b.planId));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function checkPinnedNames(from: ProductList, { rulePlanIds, unlistedPlans }: Selection): void {
  const nameOf = new Map([...from.plans, ...unlistedPlans].map(({ planId, name }) => [planId, name]));
  for (const [name, planId] of Object.entries(rulePlanIds)) {
    if (nameOf.get(planId) !== name) {
      throw new Error(`${planId} is ${nameOf.get(planId) ?? 'not in the list'}, not ${name}: correct selection.json`);
    }
  }
}

function rulesOf({ exclusions, requirements, rulePlanIds }: Selection, ruleSet: string) {
  const id = (name: string): string => {
    const planId = rulePlanIds[name];
    if (planId === undefined) throw new Error(`A rule names ${name}: add it to rulePlanIds in selection.json`);
    return planId;
  };
  return {
    exclusions: exclusions
      .filter(({ ruleSets }) => ruleSets.includes(ruleSet))
      .map(({ name, plans: names }) => ({ name, plans: names.map(id) })),
    requirements: requirements.map(({ plan, anyOf }) => ({ plan: id(plan), anyOf: anyOf.map(id) })),
  };
}

function write(name: string, content: unknown): void {
  writeFileSync(join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
}

/** So that writing again changes nothing. */
function format(): void {
  const { status } = spawnSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', folder], {
    stdio: 'ignore',
  });
  if (status !== 0) throw new Error('The formatter refused what was written: run npm install, then this again');
}
