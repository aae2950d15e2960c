import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** A row of a groups file without its members. */
export interface StagedGroup {
  /** Of the file; tells rows apart. */
  readonly line: number;
  readonly displayName: string;
  readonly description: string | null;
  /** For a group that must be created. */
  readonly mailNickname: string;
}

/**
 * Makes the temporary tables of an import of groups, which end with the transaction: `staged_group`, `staged_member` (names
 * as in the file), and what the import finds out: `staged_membership` and `staged_change`.
 */
export async function createGroupStage(trx: Handle): Promise<void> {
  await sql`
    create temporary table staged_group (
      line integer not null, display_name text not null, description text, mail_nickname text not null,
      group_id uuid, is_new boolean
    ) on commit drop
  `.execute(trx);
  await sql`create temporary table staged_member (line integer not null, user_principal_name text not null) on commit drop`.execute(
    trx,
  );
  await sql`create temporary table staged_membership (line integer not null, user_no bigint not null) on commit drop`.execute(
    trx,
  );
  await sql`create temporary table staged_change (group_id uuid not null, user_no bigint not null) on commit drop`.execute(
    trx,
  );
}

export async function stageGroups(trx: Handle, groups: readonly StagedGroup[]): Promise<void> {
  await sql`
    insert into staged_group (line, display_name, description, mail_nickname)
    select line, "displayName", description, "mailNickname" from json_to_recordset(${JSON.stringify(groups)}::json)
      as g (line integer, "displayName" text, description text, "mailNickname" text)
  `.execute(trx);
}

/** Adds members by user principal name; both lists have the same length. */
export async function stageMembers(
  trx: Handle,
  lines: readonly number[],
  userPrincipalNames: readonly string[],
): Promise<void> {
  await sql`
    insert into staged_member (line, user_principal_name)
    select line, name from unnest(${lines}::int[], ${userPrincipalNames}::text[]) as m (line, name)
  `.execute(trx);
}

/** Leaves rows out that must not be imported. */
export async function unstageGroups(trx: Handle, lines: readonly number[]): Promise<void> {
  if (!lines.length) return;
  await sql`delete from staged_group where line = any(${lines}::int[])`.execute(trx);
  await sql`delete from staged_membership where line = any(${lines}::int[])`.execute(trx);
}
