import type { AssignedLicense, Collection, GroupLicensing, SubscribedSku } from '@allot/contract';
import { write } from '../../io.ts';
import type { Io } from '../../io.ts';
import { openSession } from '../../leaf-command.ts';
import type { CommonOptions } from '../../leaf-command.ts';
import { findGroup } from '../../names/groups.ts';
import { planNames } from '../../names/plans.ts';
import { loadProducts } from '../../names/products.ts';
import type { Column } from '../../output/column.ts';
import { printable } from '../../output/printable.ts';
import { asObjects, printJson, printRows } from '../../output/rows.ts';
import { progressText } from '../../wait-for-processing.ts';
import { groupKind } from './list-groups.ts';

interface ShownGroup {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly groupTypes: readonly string[];
  readonly securityEnabled: boolean | null;
  readonly membershipRule: string | null;
  readonly assignedLicenses: readonly AssignedLicense[];
}

interface Shown {
  readonly group: ShownGroup;
  readonly members: number;
  readonly membersInError: number;
  readonly licensing: GroupLicensing;
}

interface BundleRow {
  readonly license: AssignedLicense;
  readonly product: SubscribedSku | undefined;
}

const fields = 'id,displayName,description,groupTypes,securityEnabled,membershipRule,assignedLicenses';

export async function showGroup(name: string, options: CommonOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const { id } = await findGroup(client, name);
  const count = async (relation: string): Promise<number> => {
    const path = `/v1.0/groups/${id}/${relation}?$count=true&$top=1&$select=id`;
    return (await client.get<Collection<unknown>>(path, { ConsistencyLevel: 'eventual' }))['@odata.count'] ?? 0;
  };
  const [group, members, membersInError, licensing, products] = await Promise.all([
    client.get<ShownGroup>(`/v1.0/groups/${id}?$select=${fields}`),
    count('members'),
    count('membersWithLicenseErrors'),
    client.get<GroupLicensing>(`/allot/v1/groups/${id}/licensing`),
    loadProducts(client),
  ]);
  const rows = group.assignedLicenses.map((license) => ({
    license,
    product: products.find(({ skuId }) => skuId === license.skuId),
  }));
  if (format === 'json') {
    const { assignedLicenses: _, ...rest } = group;
    const licenses = asObjects(bundleColumns, rows);
    return printJson({ ...rest, members, membersInError, licensing, licenses }, io);
  }
  if (format === 'table') await write(io.out, heading({ group, members, membersInError, licensing }));
  return printRows(bundleColumns, rows, format, io, 'No licenses.');
}

function heading({ group, members, membersInError, licensing }: Shown): string {
  const progress = licensing.state === 'ProcessingComplete' ? '' : `: ${progressText(licensing)}`;
  const inError = `${membersInError.toLocaleString('en-US')} in error`;
  const lines = [
    group.displayName,
    ...(group.description === null ? [] : [group.description]),
    `id          ${group.id}`,
    `kind        ${groupKind(group)}`,
    ...(group.membershipRule === null ? [] : [`rule        ${group.membershipRule}`]),
    `members     ${members.toLocaleString('en-US')}, ${inError}`,
    `processing  ${licensing.state}${progress}`,
    ...(licensing.deletionRequestedDateTime === null
      ? []
      : [
          `deletion    asked for ${licensing.deletionRequestedDateTime}; the group goes when no member has a license of it`,
        ]),
    `licensing   priority ${licensing.priority}; atomicity ${licensing.atomicity}; inheritance ${licensing.licenseInheritance}; ` +
      `new plans ${licensing.newPlans}; prerequisites in the ${licensing.prerequisites}`,
  ];
  return `${lines.map(printable).join('\n')}\n\n`;
}

const bundleColumns: readonly Column<BundleRow>[] = [
  {
    key: 'skuPartNumber',
    heading: 'Product',
    value: ({ license, product }) => product?.skuPartNumber ?? license.skuId,
  },
  { key: 'skuId', value: ({ license }) => license.skuId },
  {
    key: 'plansOn',
    heading: 'Plans on',
    value: ({ license, product }) =>
      product === undefined ? null : product.servicePlans.length - license.disabledPlans.length,
    text: ({ license, product }) => {
      const all = product?.servicePlans.length ?? 0;
      return product === undefined ? '' : `${all - license.disabledPlans.length} of ${all}`;
    },
  },
  {
    key: 'disabledPlans',
    heading: 'Switched off',
    value: ({ license, product }) => planNames(product, license.disabledPlans),
    wraps: true,
  },
];
