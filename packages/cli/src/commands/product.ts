import { Argument } from 'commander';
import type { Command } from 'commander';
import type { ProductSeats, ServicePlanInfo, SubscribedSku, Summary } from '@allot/contract';
import type { Io } from '../io.ts';
import { write } from '../io.ts';
import { askingCommand, openSession } from '../leaf-command.ts';
import type { CommonOptions } from '../leaf-command.ts';
import { findProduct, loadProducts } from '../names/products.ts';
import type { Column } from '../output/column.ts';
import { printJson, printRows } from '../output/rows.ts';

export function productCommands(program: Command, io: Io): void {
  const product = program
    .command('product')
    .summary('products and their seats')
    .description('Products and their seats.');

  askingCommand(product, 'list', {
    summary: 'list the products of the tenant with their seats',
    more: 'Total is what can be used now: seats bought, and those in their warning period.',
    examples: ['product list', 'product list --csv > seats.csv'],
  }).action((options: CommonOptions) => listProducts(options, io));

  askingCommand(product, 'show', {
    summary: 'show a product and its service plans',
    more: '--csv prints the service plans.',
    examples: ['product show ENTERPRISEPACK', "product show 'Office 365 E3' --json"],
  })
    .addArgument(new Argument('<product>', 'SKU, id or display name'))
    .action((name: string, options: CommonOptions) => showProduct(name, options, io));
}

interface ProductRow {
  readonly product: SubscribedSku;
  readonly seats: ProductSeats | undefined;
}

const productColumns: readonly Column<ProductRow>[] = [
  {
    key: 'displayName',
    heading: 'Product',
    value: ({ product, seats }) => seats?.displayName ?? product.skuPartNumber,
  },
  { key: 'skuPartNumber', heading: 'SKU', value: ({ product }) => product.skuPartNumber },
  { key: 'skuId', value: ({ product }) => product.skuId },
  { key: 'status', heading: 'Status', value: ({ product }) => product.capabilityStatus },
  { key: 'total', heading: 'Total', value: usableSeats },
  { key: 'consumed', heading: 'Consumed', value: ({ product }) => product.consumedUnits },
  { key: 'free', heading: 'Free', value: (row) => usableSeats(row) - row.product.consumedUnits },
  { key: 'waiting', heading: 'Waiting', value: ({ seats }) => seats?.waiting ?? 0 },
];

/** L-12. */
function usableSeats({ product }: ProductRow): number {
  return product.prepaidUnits.enabled + product.prepaidUnits.warning;
}

async function listProducts(options: CommonOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const [products, summary] = await Promise.all([loadProducts(client), client.get<Summary>('/allot/v1/summary')]);
  const seatsOf = new Map(summary.products.map((seats) => [seats.skuId, seats]));
  const rows = products.map((product) => ({ product, seats: seatsOf.get(product.skuId) }));
  rows.sort((a, b) => a.product.skuPartNumber.localeCompare(b.product.skuPartNumber, 'en'));
  const empty = 'The tenant owns no product yet: seats come from subscriptions (POST /allot/v1/subscriptions).';
  await printRows(productColumns, rows, format, io, empty);
}

const planColumns: readonly Column<ServicePlanInfo>[] = [
  { key: 'servicePlanName', heading: 'Service plan', value: ({ servicePlanName }) => servicePlanName },
  { key: 'servicePlanId', heading: 'Id', value: ({ servicePlanId }) => servicePlanId, whole: true },
  { key: 'appliesTo', heading: 'Applies to', value: ({ appliesTo }) => appliesTo },
  { key: 'provisioningStatus', heading: 'Status', value: ({ provisioningStatus }) => provisioningStatus },
];

async function showProduct(name: string, options: CommonOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const product = await findProduct(client, await loadProducts(client), name);
  if (format === 'json') return printJson(product, io);
  if (format === 'table') {
    const { enabled, warning, suspended, lockedOut } = product.prepaidUnits;
    const seats = `${enabled} enabled, ${warning} in warning, ${suspended} suspended, ${lockedOut} locked out, ${product.consumedUnits} consumed`;
    await write(io.out, `${product.skuPartNumber}  ${product.skuId}\n${product.capabilityStatus}; seats: ${seats}\n\n`);
  }
  return printRows(planColumns, product.servicePlans, format, io, 'It has no service plans.');
}
