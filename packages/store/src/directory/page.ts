import { type RawBuilder, sql } from 'kysely';
import type { AttributeTable } from './attributes.ts';
import { isDirectoryExtension } from './directory-extensions.ts';
import type { FilterSubject } from './compile-filter.ts';
import { keptFolded } from './folded.ts';

/** A row as asked for: the columns of some attributes, each under the name that Graph gives it, and always the id. */
export type DirectoryRow = Readonly<Record<string, unknown>> & { readonly id: string };

/** A user's row also carries the user's number in its tenant. */
export type UserRow = DirectoryRow & { readonly userNo: number };

/** The order of a list. Lists without one come in the order of their keys, which never changes. */
export interface PageOrder {
  readonly name: string;
  readonly descending: boolean;
}

/** Where a page begins: after the object with this key. `sorted`: its value of the attribute that the list is ordered by. */
export interface PageKey {
  readonly sorted: string | null;
  /** A user's number, or a group's id. */
  readonly last: string | number;
}

export interface PageQuery {
  /** Names of attributes; others are left out, because the directory keeps no such thing. */
  readonly properties: readonly string[];
  readonly condition?: RawBuilder<boolean> | undefined;
  readonly order?: PageOrder | undefined;
  readonly after?: PageKey | undefined;
  readonly limit: number;
  /** true: those that are deleted and can be restored, and no others. */
  readonly deleted?: boolean | undefined;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Where the next page begins; undefined: this is the last. */
  readonly next: PageKey | undefined;
}

/**
 * `, column as "name"` for each of these that the table has; the id is selected by whoever asks. Directory extensions come together, as
 * `extensions`: PostgreSQL cuts names after 63 bytes, and theirs may be longer.
 */
export function columnsOf(attributes: AttributeTable, alias: 'u' | 'g', names: readonly string[]): RawBuilder<unknown> {
  const open = alias === 'u' && names.some(isDirectoryExtension) ? ['extensions'] : [];
  const columns = [...names, ...open].flatMap((name) => {
    const attribute = attributes.get(name.toLowerCase());
    const column = attribute?.column ?? null;
    if (attribute === undefined || column === null || attribute.name === 'id') return [];
    return [sql`, ${sql.ref(`${alias}.${column}`)} as ${sql.id(attribute.name)}`];
  });
  return columns.length === 0 ? sql`` : sql.join(columns, sql``);
}

/** All of these that there are; undefined: none. */
export function allOf(conditions: readonly (RawBuilder<boolean> | undefined)[]): RawBuilder<boolean> | undefined {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length < 2 ? given[0] : sql`(${sql.join(given, sql` and `)})`;
}

/** Objects that exist; with `deleted` those that can be restored. */
export const presence = (alias: 'u' | 'g', deleted = false): RawBuilder<boolean> =>
  deleted ? sql`${sql.ref(`${alias}.deleted_at`)} is not null` : sql`${sql.ref(`${alias}.deleted_at`)} is null`;

/** How a list is cut into pages: by comparing with the last row shown, so that a page costs the same wherever it is. */
export interface PageCut {
  /** `, expression as "sorted"` or nothing. */
  readonly column: RawBuilder<unknown>;
  readonly after: RawBuilder<boolean>;
  readonly orderBy: RawBuilder<unknown>;
}

/** @param key the column that tells rows apart, e.g. `u.user_no`, and the type of its values */
export function cutPages(
  subject: FilterSubject,
  { order, after, deleted }: Pick<PageQuery, 'order' | 'after' | 'deleted'>,
  key: { readonly column: string; readonly type: 'bigint' | 'uuid' },
): PageCut {
  const column = sql.ref(`${subject.alias}.${key.column}`);
  const last = after === undefined ? undefined : sql`${String(after.last)}::${sql.raw(key.type)}`;
  const sorted = order === undefined ? undefined : sortExpression(subject, order);
  const descending = order?.descending === true;
  const direction = descending ? sql`desc` : sql`asc`;
  const beyond = descending ? sql`<` : sql`>`;
  if (sorted === undefined || isOrderOfKeys(subject, order, deleted)) {
    return {
      column: sorted === undefined ? sql`` : sql`, ${sorted} as sorted`,
      after: last === undefined ? sql`true` : sql`${column} ${beyond} ${last}`,
      orderBy: sql`${column} ${direction}`,
    };
  }
  return {
    column: sql`, ${sorted} as sorted`,
    // Both as one value, as the index on them compares, so that a page costs the same wherever it begins among equal ones.
    after:
      last === undefined ? sql`true` : sql`(${sorted}, ${column}) ${beyond} (${after?.sorted ?? ''}::text, ${last})`,
    orderBy: sql`${sorted} ${direction}, ${column} ${direction}`,
  };
}

/**
 * Invariant "numbers are the order of creation": so users ordered by that come in the order of their keys. And who is not deleted was never deleted.
 */
const isOrderOfKeys = (
  { attributes, alias }: FilterSubject,
  order: PageOrder | undefined,
  deleted: boolean | undefined,
): boolean => {
  const column = order && attributes.get(order.name.toLowerCase())?.column;
  return (column === 'created_at' && alias === 'u') || (column === 'deleted_at' && deleted !== true);
};

/** By bytes: the same on every machine, and as the indexes on what is kept in small letters. */
function sortExpression({ attributes, alias, typeName }: FilterSubject, { name }: PageOrder): RawBuilder<unknown> {
  const attribute = attributes.get(name.toLowerCase());
  // Whoever reads the query refuses these.
  if (attribute === undefined || attribute.sort === 'no' || attribute.column === null) {
    throw new Error(`${typeName} cannot be ordered by '${name}'`);
  }
  const column = sql.ref(`${alias}.${attribute.column}`);
  if (attribute.type === 'dateTime') {
    return sql`coalesce(to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '') collate "C"`;
  }
  return keptFolded(alias, attribute.column) ?? sql`lower(coalesce(${column}, '')) collate "C"`;
}

/** Cuts the row that was asked for beyond the limit: its only message is that there is a next page. */
export function pageOf<Row extends DirectoryRow>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string | number,
): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length <= limit || last === undefined) return { rows: shown, next: undefined };
  return {
    rows: shown,
    next: { sorted: typeof last['sorted'] === 'string' ? last['sorted'] : null, last: keyOf(last) },
  };
}
