import type { Command } from 'commander';
import type { LicenseAssignmentState } from '@allot/contract';
import { errorOf } from '../assignment-errors.ts';
import type { Io } from '../io.ts';
import { askingCommand, openSession } from '../leaf-command.ts';
import type { CommonOptions } from '../leaf-command.ts';
import { GroupNames } from '../names/group-names.ts';
import { findProduct, loadProducts, productNames } from '../names/products.ts';
import type { Column } from '../output/column.ts';
import { rowWriter } from '../output/rows.ts';
import { waitingLine } from '../output/waiting-line.ts';
import { pageSizeMax } from '../page-size.ts';

export function reportCommands(program: Command, io: Io): void {
  const report = program.command('report').summary('reports over all users').description('Reports over all users.');
  askingCommand(report, 'assignments', {
    summary: 'list for each user and product whether it is assigned directly, by groups, and by which',
    more:
      'One row for each user and product, also where the product is wanted and not in force (inForce says so). ' +
      'Users are read page by page and written as they come, whatever their number.',
    examples: [
      'report assignments --csv > assignments.csv',
      'report assignments --product ENTERPRISEPACK',
      'report assignments --direct --inherited --csv > assigned-twice.csv',
    ],
  })
    .option('--product <product>', 'only this product: SKU, id or display name')
    .option('--direct', 'only where the product is assigned directly')
    .option('--inherited', 'only where a group assigns the product')
    .action((options: ReportOptions) => reportAssignments(options, io));
}

interface ReportOptions extends CommonOptions {
  readonly product?: string;
  readonly direct?: boolean;
  readonly inherited?: boolean;
}

interface ReportedUser {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string | null;
  readonly licenseAssignmentStates: readonly LicenseAssignmentState[];
}

/** All sources of one product of one user. */
export interface UserProduct {
  readonly user: ReportedUser;
  readonly skuId: string;
  readonly states: readonly LicenseAssignmentState[];
}

async function reportAssignments(options: ReportOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const products = await loadProducts(client);
  const wanted = options.product === undefined ? undefined : await findProduct(client, products, options.product);
  const groups = new GroupNames(client);
  const writer = rowWriter(reportColumns(productNames(products), groups), format, io, 'No assignments.');
  const line = waitingLine(io);
  const fields = 'id,userPrincipalName,displayName,licenseAssignmentStates';
  let read = 0;
  for await (const users of client.pages<ReportedUser>(`/v1.0/users?$select=${fields}&$top=${pageSizeMax}`)) {
    const rows = users.flatMap(productsOf).filter((row) => isWanted(row, options, wanted?.skuId));
    await groups.load(rows.flatMap(({ states }) => states.flatMap(({ assignedByGroup }) => assignedByGroup ?? [])));
    line.clear();
    await writer.rows(rows);
    read += users.length;
    line.show(`${read.toLocaleString('en-US')} users`);
  }
  line.clear();
  await writer.end();
}

export function productsOf(user: ReportedUser): readonly UserProduct[] {
  const bySku = Map.groupBy(user.licenseAssignmentStates, ({ skuId }) => skuId);
  return [...bySku].map(([skuId, states]) => ({ user, skuId, states }));
}

function isWanted(row: UserProduct, { direct, inherited }: ReportOptions, skuId: string | undefined): boolean {
  if (skuId !== undefined && row.skuId !== skuId) return false;
  return (direct !== true || isDirect(row)) && (inherited !== true || groupsOf(row).length > 0);
}

const isDirect = ({ states }: UserProduct): boolean => states.some(({ assignedByGroup }) => assignedByGroup === null);

const groupsOf = ({ states }: UserProduct): readonly string[] =>
  states.flatMap(({ assignedByGroup }) => assignedByGroup ?? []);

export const reportColumns = (
  productName: (skuId: string) => string,
  groups: Pick<GroupNames, 'of'>,
): readonly Column<UserProduct>[] => [
  { key: 'userPrincipalName', heading: 'User', value: ({ user }) => user.userPrincipalName },
  { key: 'userId', value: ({ user }) => user.id },
  { key: 'displayName', value: ({ user }) => user.displayName },
  { key: 'skuPartNumber', heading: 'Product', value: ({ skuId }) => productName(skuId) },
  { key: 'skuId', value: ({ skuId }) => skuId },
  { key: 'assignedDirectly', heading: 'Directly', value: isDirect },
  { key: 'assignedFromGroup', heading: 'From group', value: (row) => groupsOf(row).length > 0 },
  { key: 'groups', heading: 'Groups', value: (row) => groupsOf(row).map((id) => groups.of(id)) },
  { key: 'groupIds', value: groupsOf },
  { key: 'inForce', heading: 'In force', value: ({ states }) => states.some(({ state }) => state !== 'Error') },
  {
    key: 'errors',
    heading: 'Errors',
    value: ({ states }) => [...new Set(states.flatMap((state) => errorOf(state) ?? []))],
    wraps: true,
  },
];
