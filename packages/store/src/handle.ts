import type { Kysely } from 'kysely';

/** A connection pool or an open transaction: statements do not care which. */
export type Handle = Kysely<unknown>;

/** Stands for "direct" where a column holds a group's id. */
export const directSourceId = '00000000-0000-0000-0000-000000000000';
