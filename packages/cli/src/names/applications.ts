import type { Application, Client } from '@allot/contract';
import { Failure } from '../failure.ts';
import { didYouMean } from './closest-names.ts';
import { isId, isSame } from './names-and-ids.ts';

/** The path of an application by its client id. */
export const applicationPath = (id: string): string => `/allot/v1/applications/${id}`;

export const loadApplications = async (client: Client): Promise<readonly Application[]> =>
  (await client.get<{ readonly value: readonly Application[] }>('/allot/v1/applications')).value;

/** Finds an application by display name or client id. */
export async function findApplication(client: Client, name: string): Promise<Application> {
  if (isId(name)) return client.get<Application>(applicationPath(name));
  const applications = await loadApplications(client);
  const found = applications.filter(({ displayName }) => isSame(displayName, name));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only !== undefined) {
    const lines = found.map(({ id }) => `  ${id}`).join('\n');
    throw new Failure(`${found.length} applications are called '${name}':\n${lines}`, 'Name one by its id.');
  }
  const meant = didYouMean(
    name,
    applications.map(({ displayName }) => displayName),
  );
  throw new Failure(`There is no application '${name}'.`, `${meant} 'allot application list' shows them all.`.trim());
}
