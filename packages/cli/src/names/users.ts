import { ApiError } from '@allot/contract';
import type { Client, Collection } from '@allot/contract';
import { Failure } from '../failure.ts';
import { didYouMean } from './closest-names.ts';
import { isId, isSame, odataText } from './names-and-ids.ts';

/** The path of a user, by id or user principal name; the server finds either. */
export const userPath = (name: string): string => `/v1.0/users/${encodeURIComponent(name)}`;

/** Says which users may have been meant, when there is none of that name. */
export async function orUnknownUser<T>(client: Client, name: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404 || isId(name)) throw error;
    const advice = `${await meantUsers(client, name)} Users are named by user principal name or id; 'allot user list --search TEXT' looks for one.`;
    throw new Failure(`There is no user '${name}'.`, advice.trim());
  }
}

/** A user principal name is mistyped at its end more often than at its start. */
const startChars = 3;

interface FoundUser {
  readonly userPrincipalName: string;
  readonly displayName: string | null;
}

async function meantUsers(client: Client, name: string): Promise<string> {
  const start = odataText(name.slice(0, startChars));
  const filter = `startswith(userPrincipalName,${start})%20or%20startswith(displayName,${start})`;
  const path = `/v1.0/users?$select=userPrincipalName,displayName&$top=100&$filter=${filter}`;
  const users = (await client.get<Collection<FoundUser>>(path)).value;
  const called = users.filter(({ displayName }) => displayName !== null && isSame(displayName, name));
  if (called.length === 0)
    return didYouMean(
      name,
      users.map(({ userPrincipalName }) => userPrincipalName),
    );
  return `Did you mean ${called
    .map(({ userPrincipalName }) => `'${userPrincipalName}'`)
    .slice(0, 3)
    .join(' or ')}?`;
}
