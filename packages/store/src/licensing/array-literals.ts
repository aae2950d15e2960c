import { type RawBuilder, sql } from 'kysely';

/**
 * Arrays as the text that PostgreSQL reads, made here: the driver looks at every element for characters to escape, which takes
 * half a second for a million numbers. Only for elements that need no escaping: numbers, booleans and UUIDs.
 */
export const bigints = (values: readonly (number | null | undefined)[]): RawBuilder<unknown> =>
  sql`${`{${values.map((value) => value ?? 'null').join()}}`}::bigint[]`;

export const ints = (values: readonly number[]): RawBuilder<unknown> => sql`${`{${values.join()}}`}::int[]`;

/** Hexadecimal digits, with or without hyphens. */
export const uuids = (values: readonly string[]): RawBuilder<unknown> => sql`${`{${values.join()}}`}::uuid[]`;

/** Each element the text of an array of UUIDs, to be cast to uuid[]; null stays null. */
export const uuidLists = (lists: readonly (readonly string[] | null)[]): RawBuilder<unknown> =>
  sql`${`{${lists.map((list) => (list ? `"{${list.join()}}"` : 'null')).join()}}`}::text[]`;
