import { Option } from 'commander';
import type { Command } from 'commander';
import type { AssignLicenseBody, Client, SubscribedSku } from '@allot/contract';
import { usageFailure } from './failure.ts';
import { commaSeparated } from './names/names-and-ids.ts';
import { disabledPlans } from './names/plans.ts';
import { findProduct, loadProducts } from './names/products.ts';

export interface LicenseChangeOptions {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly disable?: readonly string[];
  readonly only?: readonly string[];
}

/** The options of `user assign` and `group assign`. */
export function licenseChangeOptions(command: Command): Command {
  return command
    .option('--add <product>', 'assign a product: SKU, id or display name (may be repeated)', collect)
    .option('--remove <product>', 'take a product away (may be repeated)', collect)
    .addOption(
      new Option('--disable <plans>', 'service plans to switch off, by name or id: PLAN,PLAN')
        .argParser(commaSeparated)
        .conflicts('only'),
    )
    .addOption(new Option('--only <plans>', 'switch off all service plans but these').argParser(commaSeparated));
}

/** How --disable and --only are meant; part of the help of both commands. */
export const licenseChangeNote =
  '--disable and --only hold for all products added by the command that have the plan. A product that is assigned ' +
  'already keeps its seat, and its switched-off plans are replaced. What is added and removed in one command is ' +
  'judged on the result, so a product can be replaced by another in one step.';

/** Finds products and plans by name; nothing has been changed when a name is unknown. */
export async function readLicenseChange(client: Client, options: LicenseChangeOptions): Promise<AssignLicenseBody> {
  const { add = [], remove = [] } = options;
  if (add.length === 0 && remove.length === 0) {
    throw usageFailure('Nothing to change.', 'Name products with --add or --remove.');
  }
  if (add.length === 0 && (options.disable ?? options.only) !== undefined) {
    throw usageFailure('--disable and --only need a product.', 'Name it with --add, also when it is assigned already.');
  }
  const products = await loadProducts(client);
  const added = await findAll(client, products, add);
  const removed = await findAll(client, products, remove);
  const disabled = disabledPlans(added, {
    ...(options.disable === undefined ? {} : { off: options.disable }),
    ...(options.only === undefined ? {} : { only: options.only }),
  });
  return {
    addLicenses: added.map(({ skuId }) => ({ skuId, disabledPlans: disabled.get(skuId) ?? [] })),
    removeLicenses: removed.map(({ skuId }) => skuId),
  };
}

async function findAll(client: Client, products: readonly SubscribedSku[], names: readonly string[]) {
  const found: SubscribedSku[] = [];
  for (const name of names) found.push(await findProduct(client, products, name));
  return found;
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
