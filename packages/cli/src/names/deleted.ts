import type { Client, Collection } from '@allot/contract';
import { Failure } from '../failure.ts';
import { isId, odataText } from './names-and-ids.ts';

const deletedItems = '/v1.0/directory/deletedItems';

/** The path of a deleted user or group, which is named by its id. */
export const deletedPath = (id: string): string => `${deletedItems}/${id}`;

/** The path of the list of users or groups, or of those that are deleted. */
export const listPath = (kind: 'user' | 'group', deleted: boolean): string =>
  deleted ? `${deletedItems}/microsoft.graph.${kind}` : `/v1.0/${kind}s`;

/** What deleted objects are named by, besides their id. */
const namedBy = { user: 'userPrincipalName', group: 'displayName' } as const;

/** Deleted objects of one name that are listed. */
const candidatesMax = 20;

interface FoundDeleted {
  readonly id: string;
  readonly deletedDateTime: string;
}

/** The id of a deleted user or group, by id or name; of several with one name none is taken. */
export async function findDeleted(client: Client, kind: 'user' | 'group', name: string): Promise<string> {
  if (isId(name)) return name;
  const filter = `${namedBy[kind]}%20eq%20${odataText(name)}`;
  const path = `${listPath(kind, true)}?$select=id,deletedDateTime&$top=${candidatesMax}&$filter=${filter}`;
  const { value } = await client.get<Collection<FoundDeleted>>(path);
  const [only] = value;
  if (only === undefined) {
    throw new Failure(
      `There is no deleted ${kind} '${name}'.`,
      'Deleted users and groups can be restored for 30 days; users are named by user principal name, groups by display name, both by id.',
    );
  }
  if (value.length === 1) return only.id;
  const lines = value.map(({ id, deletedDateTime }) => `  ${id}  deleted ${deletedDateTime}`);
  throw new Failure(`Several deleted ${kind}s are called '${name}':\n${lines.join('\n')}`, 'Name one by its id.');
}
