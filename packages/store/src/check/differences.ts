import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Differences of one check that are named; the others are only counted. */
export const DIFFERENCES_LISTED_MAX = 20;

/** What a check found: how many there are, exactly, and the first of them. */
export interface Differences<Row> {
  readonly count: number;
  readonly rows: readonly Row[];
}

/** @param found a select with one row for each difference; listed in the order of its first column */
export async function listDifferences<Row>(db: Handle, found: RawBuilder<unknown>): Promise<Differences<Row>> {
  const { rows } = await sql<Row & { readonly count: number }>`
    select d.*, count(*) over () as count from (${found}) as d order by 1 limit ${DIFFERENCES_LISTED_MAX}
  `.execute(db);
  return { count: rows[0]?.count ?? 0, rows };
}

/** A user by number, and by id where the directory has it. */
export interface NamedUser {
  readonly userNo: number;
  readonly userId: string | null;
}
