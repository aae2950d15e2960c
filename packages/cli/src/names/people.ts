import { ApiError } from '@allot/contract';
import type { Client, Collection } from '@allot/contract';
import { findAccount, loadAccounts } from './accounts.ts';
import { userPath } from './users.ts';

/** A directory user, who need not have an account, or a local administrator. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

interface FoundUser {
  readonly id: string;
  readonly userPrincipalName: string;
}

/** Finds a person by user principal name, sign-in name or id. */
export async function findPerson(client: Client, name: string): Promise<Person> {
  const user = await client.get<FoundUser>(`${userPath(name)}?$select=id,userPrincipalName`).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  });
  if (user !== undefined) return { id: user.id, name: user.userPrincipalName };
  const { id, signInName } = await findAccount(client, name);
  return { id, name: signInName };
}

/** Ids of one request: a longer address is refused by some proxies. */
const idsMax = 50;

/** Names of people by id. Who may not read accounts or users sees ids in their place. */
export class PersonNames {
  readonly #client: Client;
  readonly #names = new Map<string, string>();

  constructor(client: Client) {
    this.#client = client;
  }

  async load(ids: readonly string[]): Promise<void> {
    const accounts = await loadAccounts(this.#client).catch(() => []);
    for (const { id, signInName } of accounts) this.#names.set(id, signInName);
    const missing = [...new Set(ids)].filter((id) => !this.#names.has(id));
    for (let start = 0; start < missing.length; start += idsMax) {
      const part = missing.slice(start, start + idsMax);
      const filter = encodeURIComponent(`id in (${part.map((id) => `'${id}'`).join(',')})`);
      const path = `/v1.0/users?$select=id,userPrincipalName&$filter=${filter}`;
      const found = await this.#client.get<Collection<FoundUser>>(path).catch(() => ({ value: [] }));
      for (const { id, userPrincipalName } of found.value) this.#names.set(id, userPrincipalName);
    }
  }

  of(id: string): string {
    return this.#names.get(id) ?? id;
  }
}
