import type { Account, Client } from '@allot/contract';
import { Failure } from '../failure.ts';
import { didYouMean } from './closest-names.ts';
import { isSame } from './names-and-ids.ts';

/** Everybody who may sign in. */
export const loadAccounts = async (client: Client): Promise<readonly Account[]> =>
  (await client.get<{ readonly value: readonly Account[] }>('/allot/v1/accounts')).value;

/** Finds an account by sign-in name or id. */
export async function findAccount(client: Client, name: string): Promise<Account> {
  const accounts = await loadAccounts(client);
  const found = accounts.find(({ id, signInName }) => isSame(id, name) || isSame(signInName, name));
  if (found !== undefined) return found;
  const meant = didYouMean(
    name,
    accounts.map(({ signInName }) => signInName),
  );
  const advice = `${meant} 'allot account list' shows them all, 'allot account create' makes one.`;
  throw new Failure(`There is no account '${name}'.`, advice.trim());
}
