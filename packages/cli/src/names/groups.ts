import type { Client, Collection } from '@allot/contract';
import { Failure } from '../failure.ts';
import { didYouMean } from './closest-names.ts';
import { isId, odataText } from './names-and-ids.ts';

export interface NamedGroup {
  readonly id: string;
  readonly displayName: string;
  readonly description?: string | null;
}

/** Candidates of an ambiguous name that are listed; the rest is only counted. */
const candidatesMax = 20;

/** Finds a group by id or display name. */
export async function findGroup(client: Client, name: string): Promise<NamedGroup> {
  const fields = '$select=id,displayName,description';
  if (isId(name)) return client.get<NamedGroup>(`/v1.0/groups/${name}?${fields}`);
  const path = `/v1.0/groups?${fields}&$top=${candidatesMax + 1}&$filter=displayName%20eq%20${odataText(name)}`;
  const found = (await client.get<Collection<NamedGroup>>(path)).value;
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw only === undefined ? await unknownGroup(client, name) : ambiguous(name, found);
}

function ambiguous(name: string, found: readonly NamedGroup[]): Failure {
  const more = found.length > candidatesMax;
  const lines = found.slice(0, candidatesMax).map(({ id, description }) => `  ${id}  ${description ?? ''}`.trimEnd());
  const count = more ? `More than ${candidatesMax}` : String(found.length);
  return new Failure(`${count} groups are called '${name}':\n${lines.join('\n')}`, 'Name one by its id.');
}

/** Looks for what was meant among the groups of one page; that is all of them in most tenants. */
async function unknownGroup(client: Client, name: string): Promise<Failure> {
  const page = await client.get<Collection<NamedGroup>>('/v1.0/groups?$select=id,displayName&$top=999');
  const meant = didYouMean(
    name,
    page.value.map(({ displayName }) => displayName),
  );
  return new Failure(`There is no group '${name}'.`, `${meant} 'allot group list' shows them all.`.trim());
}
