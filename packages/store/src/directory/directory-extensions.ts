import { type RawBuilder, sql } from 'kysely';

/** `extension_<id of an application without hyphens>_<name>`, in any case. */
const pattern = /^extension_[0-9a-f]{32}_\w+$/i;

export const isDirectoryExtension = (name: string): boolean => pattern.test(name);

/** Over `u`, a row of allot.directory_user: the value of a directory extension as JSON; null: it has none. */
export const directoryExtension = (name: string): RawBuilder<unknown> =>
  sql`(select e.value from jsonb_each(u.extensions) as e where lower(e.key) = lower(${name}) limit 1)`;
