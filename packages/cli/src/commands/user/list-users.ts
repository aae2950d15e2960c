import type { AssignedLicense, SubscribedSku } from '@allot/contract';
import { usageFailure } from '../../failure.ts';
import type { Io } from '../../io.ts';
import { openSession } from '../../leaf-command.ts';
import type { CommonOptions, Session } from '../../leaf-command.ts';
import { listPath } from '../../names/deleted.ts';
import { odataText } from '../../names/names-and-ids.ts';
import { findProduct, loadProducts, productNames } from '../../names/products.ts';
import type { Column } from '../../output/column.ts';
import { rowWriter } from '../../output/rows.ts';
import { pageSize, upTo } from '../../page-size.ts';

export interface ListUsersOptions extends CommonOptions {
  readonly deleted?: boolean;
  readonly product?: string;
  readonly filter?: string;
  readonly search?: string;
  readonly limit?: number;
}

interface ListedUser {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string | null;
  readonly usageLocation: string | null;
  readonly assignedLicenses: readonly AssignedLicense[];
}

export async function listUsers(options: ListUsersOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const { client, format } = session;
  const products = await loadProducts(client);
  const query = await userQuery(options, products, session);
  const writer = rowWriter(userColumns(products), format, io, 'No users.');
  const path = `${listPath('user', options.deleted === true)}?${query}`;
  for await (const users of upTo(options.limit, client.pages<ListedUser>(path, eventual))) {
    await writer.rows(users);
  }
  await writer.end();
}

/** Graph asks for this header, and for $count, with filters that need more than an index. */
const eventual = { ConsistencyLevel: 'eventual' };

async function userQuery(
  options: ListUsersOptions,
  products: readonly SubscribedSku[],
  { client }: Session,
): Promise<string> {
  const { product, filter, search } = options;
  if ([product, filter, search].filter((one) => one !== undefined).length > 1) {
    throw usageFailure(
      'Only one of --product, --filter and --search can be given.',
      'Put all conditions into --filter.',
    );
  }
  const fields = 'id,userPrincipalName,displayName,usageLocation,assignedLicenses';
  const query = [`$select=${fields}`, `$top=${pageSize(options.limit)}`];
  if (product !== undefined) {
    const { skuId } = await findProduct(client, products, product);
    query.push(`$filter=${encodeURIComponent(`assignedLicenses/any(x:x/skuId eq ${skuId})`)}`);
  }
  if (filter !== undefined) query.push('$count=true', `$filter=${encodeURIComponent(filter)}`);
  if (search !== undefined) query.push(`$filter=${beginsWith(search)}`);
  return query.join('&');
}

function beginsWith(text: string): string {
  const conditions = ['displayName', 'userPrincipalName', 'surname'].map(
    (name) => `startswith(${name},${odataText(text)})`,
  );
  return conditions.join('%20or%20');
}

const userColumns = (products: readonly SubscribedSku[]): readonly Column<ListedUser>[] => {
  const nameOf = productNames(products);
  return [
    { key: 'userPrincipalName', heading: 'User', value: ({ userPrincipalName }) => userPrincipalName },
    { key: 'id', value: ({ id }) => id },
    { key: 'displayName', heading: 'Name', value: ({ displayName }) => displayName },
    { key: 'usageLocation', heading: 'Location', value: ({ usageLocation }) => usageLocation },
    {
      key: 'products',
      heading: 'Products',
      value: ({ assignedLicenses }) => assignedLicenses.map(({ skuId }) => nameOf(skuId)),
      wraps: true,
    },
  ];
};
