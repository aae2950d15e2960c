import { type RawBuilder, sql } from 'kysely';
import type { AttributeTable } from './attributes.ts';
import { isDirectoryExtension } from './directory-extensions.ts';
import type { FilterSubject } from './compile-filter.ts';
import { folded } from './folded.ts';

/** A row as asked for: the columns of some attributes, each under the name that Graph gives it, and always the id. */
export type DirectoryRow = Readonly<Record<string, unknown>> & { readonly id: string };

/** A user's row also carries the user's number in its tenant. */
export type UserRow = DirectoryRow & { readonly userNo: number };

/** One attribute that a list is ordered by. Objects that are alike in all of them come in the order of their keys, which never changes. */
export interface PageOrder {
  readonly name: string;
  readonly descending: boolean;
}

/** Where a page begins: after the object with this key. `sorted`: its values of the attributes that the list is ordered by. */
export interface PageKey {
  readonly sorted: readonly string[];
  /** A user's number, or a group's id. */
  readonly last: string | number;
}

export interface PageQuery {
  /** Names of attributes; others are left out, because the directory keeps no such thing. */
  readonly properties: readonly string[];
  readonly condition?: RawBuilder<boolean> | undefined;
  /** The most important first; none: the order of the keys. */
  readonly order?: readonly PageOrder[] | undefined;
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
  /** `, expressions as "sorted"` or nothing. */
  readonly column: RawBuilder<unknown>;
  readonly after: RawBuilder<boolean>;
  readonly orderBy: RawBuilder<unknown>;
}

/** @param key the column that tells rows apart, e.g. `u.user_no`, and the type of its values */
export function cutPages(
  subject: FilterSubject,
  { order = [], after }: Pick<PageQuery, 'order' | 'after'>,
  key: { readonly column: string; readonly type: 'bigint' | 'uuid' },
): PageCut {
  const column = sql.ref(`${subject.alias}.${key.column}`);
  const last = after === undefined ? undefined : sql`${String(after.last)}::${sql.raw(key.type)}`;
  const sorts = order.map((one) => ({
    ...directions[one.descending ? 'down' : 'up'],
    by: sortExpression(subject, one),
  }));
  // From the least important to the most: beyond the last row shown, or like it and beyond it by what comes next.
  const beyondLast = sorts.reduceRight<RawBuilder<boolean>>((next, { by, from, beyond }, at) => {
    const value = sql`${after?.sorted[at] ?? ''}::text`;
    return sql`(${by} ${from} ${value} and (${by} ${beyond} ${value} or ${next}))`;
  }, sql`${column} > ${last}`);
  return {
    column: sorts.length ? sql`, array[${sql.join(sorts.map(({ by }) => by))}]::text[] as sorted` : sql``,
    after: last === undefined ? sql`true` : beyondLast,
    orderBy: sql.join([...sorts.map(({ by, using }) => sql`${by} ${using}`), column]),
  };
}

/** The operators of text_pattern_ops, which the index on names has: order by bytes, the same on every machine. */
const directions = {
  up: {
    using: sql`using ~<~`,
    from: sql`operator(pg_catalog.~>=~)`,
    beyond: sql`operator(pg_catalog.~>~)`,
  },
  down: {
    using: sql`using ~>~`,
    from: sql`operator(pg_catalog.~<=~)`,
    beyond: sql`operator(pg_catalog.~<~)`,
  },
} as const;

function sortExpression({ attributes, alias, typeName }: FilterSubject, { name }: PageOrder): RawBuilder<unknown> {
  const attribute = attributes.get(name.toLowerCase());
  // Whoever reads the query refuses these.
  if (attribute === undefined || attribute.sort === 'no' || attribute.column === null) {
    throw new Error(`${typeName} cannot be ordered by '${name}'`);
  }
  const column = sql.ref(`${alias}.${attribute.column}`);
  if (attribute.type === 'dateTime') {
    return sql`coalesce(to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '')`;
  }
  return notNull.has(attribute.column) ? folded(alias, attribute.column) : sql`lower(coalesce(${column}, ''))`;
}

/** Written without coalesce, so that the index on them serves. */
const notNull: ReadonlySet<string> = new Set(['display_name', 'user_principal_name', 'mail_nickname']);

/** Cuts the row that was asked for beyond the limit: its only message is that there is a next page. */
export function pageOf<Row extends DirectoryRow>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string | number,
): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length <= limit || last === undefined) return { rows: shown, next: undefined };
  const { sorted } = last;
  return { rows: shown, next: { sorted: Array.isArray(sorted) ? sorted.map(String) : [], last: keyOf(last) } };
}
