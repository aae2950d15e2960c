import type { Client, Collection } from '@allot/contract';
import { pageSizeMax } from '../page-size.ts';

interface FoundGroup {
  readonly id: string;
  readonly displayName: string | null;
}

/** Ids of one request: a longer address is refused by some proxies. */
const idsMax = 50;

/** Names of groups by id, each asked for once. */
export class GroupNames {
  readonly #client: Client;
  readonly #names = new Map<string, string>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Asks for those of the ids that are not known yet. */
  async load(ids: Iterable<string>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#names.has(id));
    for (let start = 0; start < missing.length; start += idsMax) {
      const part = missing.slice(start, start + idsMax);
      const filter = `id in (${part.map((id) => `'${id}'`).join(',')})`;
      const path = `/v1.0/groups?$select=id,displayName&$top=${pageSizeMax}&$filter=${encodeURIComponent(filter)}`;
      const { value } = await this.#client.get<Collection<FoundGroup>>(path);
      // A group that was deleted a moment ago is named by its id, and not asked for again.
      for (const id of part) this.#names.set(id, id);
      for (const { id, displayName } of value) this.#names.set(id, displayName ?? id);
    }
  }

  of(id: string): string {
    return this.#names.get(id) ?? id;
  }
}
