import type { ListedChange, ProductImportResult } from '@allot/contract';
import type { CatalogueData, PlanData, ProductData } from '@allot/engine';
import {
  type Handle,
  holdPlansOff,
  insertAudit,
  loadCatalogue,
  loadTenant,
  upsertPlans,
  upsertProducts,
} from '@allot/store';
import { type BuiltInCatalogue, builtInCatalogue } from '../../catalogue/built-in.ts';
import type { FileStream } from '../../imports/decode-text.ts';
import { type ProductList, readProductList } from '../../imports/product-list.ts';
import { describeEffect, digestOf, refuseUnlessAsShown } from '../catalogue/describe-effect.ts';
import { gainedPlans, type ProductChange, productChanges } from '../catalogue/product-changes.ts';
import type { Context } from '../context.ts';
import { changeWorldAsShown } from '../licensing/change-world.ts';
import { importEntry, type ImportOptions } from './import-result.ts';
import { Problems } from './problems.ts';

export interface ProductImportOptions extends ImportOptions {
  /** `preview` of a dry run: the import is refused (409) unless it does exactly what that said. */
  readonly preview?: string | undefined;
}

/**
 * Imports Microsoft's product list of any date (L-21) and settles everybody whom it reaches, in one transaction. Products and
 * plans of the list are added or become as the list has them; others stay, so no product is ever removed. What the list does
 * not say of a plan (mailbox, service, countries) stays too, and of a new plan comes from the built-in catalogue. A plan
 * that a product gains is off in existing groups whose `newPlans` is `off`.
 *
 * The result says what changed, for whom: a dry run says the same and changes nothing.
 *
 * With `skipBad`, a list with bad rows takes no plan away: a row that cannot be read may be the one that has it.
 * @throws ApiError 400 with the problems, and nothing written; 409 when it is not what the preview said
 */
export async function importProducts(
  ctx: Context,
  stream: FileStream,
  options: ProductImportOptions = {},
): Promise<ProductImportResult> {
  const list = await readProductList(stream);
  const problems = new Problems();
  problems.add(list.problems);
  problems.refuseUnless(options.skipBad === true);
  const builtIn = builtInCatalogue();

  return changeWorldAsShown(ctx, 'catalogue', 'Import products', {
    dryRun: options.dryRun === true,
    mutate: async (trx) => {
      const tenant = await loadTenant(trx, ctx.tenantId);
      const before = await loadCatalogue(trx, ctx.tenantId, tenant?.ruleSet ?? '');
      const plans = planChanges(before, list, builtIn);
      const changes = productChanges(before.products, wantedProducts(before, list, builtIn, problems.rows > 0));
      await writeChanges(trx, ctx.tenantId, plans, changes);

      const created = changes.filter((change) => change.before === undefined).length;
      const updated = changes.length - created;
      const counts = { read: list.rows, created, updated, skipped: problems.rows };
      await insertAudit(trx, ctx.tenantId, [importEntry(ctx, 'Import products', counts)]);
      return { before, plans, changes, counts };
    },
    show: async (trx, { before, plans, changes, counts }, change) => {
      const shown = {
        changes: describeChanges(changes, before, list),
        kept: keptProducts(before, list),
        renamedPlans: renamedPlans(before, plans),
        effect: await describeEffect(trx, ctx.tenantId, changes, change),
      };
      const preview = digestOf(shown);
      refuseUnlessAsShown(preview, options.preview);
      return {
        ...counts,
        unchanged: list.products.length - changes.length,
        notes: [...list.notes, ...problems.notes()],
        problems: problems.list(),
        ...shown,
        preview,
      };
    },
  });
}

async function writeChanges(
  trx: Handle,
  tenantId: string,
  plans: readonly PlanData[],
  changes: readonly ProductChange[],
): Promise<void> {
  await upsertPlans(trx, tenantId, plans);
  await upsertProducts(
    trx,
    tenantId,
    changes.map(({ product }) => product),
  );
  await holdPlansOff(trx, tenantId, gainedPlans(changes));
}

/** The plans that are new or have another name. */
function planChanges(before: CatalogueData, list: ProductList, builtIn: BuiltInCatalogue): PlanData[] {
  const known = new Map(before.plans.map((plan) => [plan.planId, plan]));
  const shipped = new Map(builtIn.plans.map((plan) => [plan.planId, plan]));
  return list.plans.flatMap(({ planId, name, displayName }) => {
    const was = known.get(planId);
    if (was?.name === name && was.displayName === displayName) return [];
    const { service, appliesTo, mailbox } = was ?? shipped.get(planId) ?? unknownPlan;
    return [
      { planId, name, displayName, service, appliesTo, mailbox, deny: was?.deny ?? null, allow: was?.allow ?? null },
    ];
  });
}

const unknownPlan = { service: '', appliesTo: 'User', mailbox: false };

function wantedProducts(
  before: CatalogueData,
  list: ProductList,
  builtIn: BuiltInCatalogue,
  keepPlans: boolean,
): ProductData[] {
  const shipped = new Map(builtIn.products.map((product) => [product.productId, product]));
  const known = new Map(before.products.map((product) => [product.productId, product]));
  return list.products.map(({ productId, skuPartNumber, displayName, servicePlans }) => {
    const was = known.get(productId);
    const listed = servicePlans.map(({ planId }) => planId);
    const planIds = keepPlans ? [...new Set([...(was?.planIds ?? []), ...listed])] : listed;
    return {
      productId,
      skuPartNumber,
      displayName,
      appliesTo: (was ?? shipped.get(productId))?.appliesTo ?? 'User',
      planIds: planIds.toSorted(),
    };
  });
}

function describeChanges(changes: readonly ProductChange[], before: CatalogueData, list: ProductList): ListedChange[] {
  const names = new Map([...before.plans, ...list.plans].map(({ planId, name }) => [planId, name]));
  const named = (planIds: readonly string[]) => planIds.map((planId) => names.get(planId) ?? planId).toSorted();
  return changes.map(({ product, before: was, gained, lost }) => ({
    skuId: product.productId,
    skuPartNumber: product.skuPartNumber,
    change: was === undefined ? 'new' : 'changed',
    ...(was === undefined || (was.skuPartNumber === product.skuPartNumber && was.displayName === product.displayName)
      ? {}
      : { renamedFrom: { skuPartNumber: was.skuPartNumber, displayName: was.displayName } }),
    gained: was === undefined ? [] : named(gained),
    lost: named(lost),
  }));
}

function keptProducts(before: CatalogueData, list: ProductList): ProductImportResult['kept'] {
  const listed = new Set(list.products.map(({ productId }) => productId));
  return before.products
    .filter(({ productId }) => !listed.has(productId))
    .map(({ productId, skuPartNumber }) => ({ skuId: productId, skuPartNumber }));
}

function renamedPlans(before: CatalogueData, plans: readonly PlanData[]): ProductImportResult['renamedPlans'] {
  const known = new Map(before.plans.map((plan) => [plan.planId, plan]));
  return plans.flatMap(({ planId, name, displayName }) => {
    const was = known.get(planId);
    if (was === undefined) return [];
    const renamedFrom = { servicePlanName: was.name, displayName: was.displayName };
    return [{ servicePlanId: planId, servicePlanName: name, displayName, renamedFrom }];
  });
}
