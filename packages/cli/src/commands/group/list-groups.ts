import type { AssignedLicense, SubscribedSku } from '@allot/contract';
import { usageFailure } from '../../failure.ts';
import type { Io } from '../../io.ts';
import { openSession } from '../../leaf-command.ts';
import type { CommonOptions } from '../../leaf-command.ts';
import { listPath } from '../../names/deleted.ts';
import { odataText } from '../../names/names-and-ids.ts';
import { loadProducts, productNames } from '../../names/products.ts';
import type { Column } from '../../output/column.ts';
import { rowWriter } from '../../output/rows.ts';
import { pageSize, upTo } from '../../page-size.ts';

export interface ListGroupsOptions extends CommonOptions {
  readonly deleted?: boolean;
  readonly licensed?: boolean;
  readonly errors?: boolean;
  readonly filter?: string;
  readonly search?: string;
  readonly limit?: number;
}

interface ListedGroup {
  readonly id: string;
  readonly displayName: string | null;
  readonly groupTypes: readonly string[];
  readonly securityEnabled: boolean | null;
  readonly assignedLicenses: readonly AssignedLicense[];
}

export async function listGroups(options: ListGroupsOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const path = `${listPath('group', options.deleted === true)}?${groupQuery(options)}`;
  const writer = rowWriter(groupColumns(await loadProducts(client)), format, io, 'No groups.');
  for await (const groups of upTo(options.limit, client.pages<ListedGroup>(path, { ConsistencyLevel: 'eventual' }))) {
    await writer.rows(groups);
  }
  await writer.end();
}

function groupQuery({ licensed, errors, filter, search, limit }: ListGroupsOptions): string {
  const filters = [
    ...(licensed === true ? ['assignedLicenses/any()'] : []),
    ...(errors === true ? ['hasMembersWithLicenseErrors eq true'] : []),
    ...(filter === undefined ? [] : [filter]),
  ];
  if (filters.length + (search === undefined ? 0 : 1) > 1) {
    throw usageFailure('Only one of --licensed, --errors, --filter and --search can be given.');
  }
  const query = ['$select=id,displayName,groupTypes,securityEnabled,assignedLicenses', `$top=${pageSize(limit)}`];
  const [condition] = filters;
  if (condition !== undefined) query.push(`$filter=${encodeURIComponent(condition)}`);
  // With $count, and the header, Graph takes filters that it otherwise refuses.
  if (filter !== undefined) query.push('$count=true');
  if (search !== undefined) query.push(`$filter=startswith(displayName,${odataText(search)})`);
  return query.join('&');
}

export function groupKind(group: Pick<ListedGroup, 'groupTypes' | 'securityEnabled'>): string {
  const kind = group.groupTypes.includes('Unified')
    ? 'Microsoft 365'
    : group.securityEnabled === false
      ? 'distribution'
      : 'security';
  return group.groupTypes.includes('DynamicMembership') ? `${kind}, dynamic` : kind;
}

const groupColumns = (products: readonly SubscribedSku[]): readonly Column<ListedGroup>[] => {
  const nameOf = productNames(products);
  return [
    { key: 'displayName', heading: 'Group', value: ({ displayName }) => displayName },
    { key: 'id', heading: 'Id', value: ({ id }) => id, whole: true },
    { key: 'kind', heading: 'Kind', value: groupKind },
    {
      key: 'products',
      heading: 'Products',
      value: ({ assignedLicenses }) => assignedLicenses.map(({ skuId }) => nameOf(skuId)),
      wraps: true,
    },
  ];
};
