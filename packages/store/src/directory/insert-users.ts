import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { insertAddresses, lockUsers } from './addresses.ts';
import { userAttributes } from './user-attributes.ts';

/** A user to be created. Values of attributes by Graph's name; what is left out gets the default of its column. */
export interface NewUser {
  readonly values: Readonly<Record<string, unknown>>;
  readonly proxyAddresses: readonly string[];
  /** From an existing tenant; otherwise given here. */
  readonly id?: string | undefined;
  /** From an existing tenant. Kept if no user was created later, so that a user keeps its place in the line (L-14). */
  readonly createdAt?: Date | undefined;
}

export interface CreatedUser {
  readonly userNo: number;
  readonly id: string;
}

export interface CreatedUsers {
  /** In the order given. */
  readonly users: readonly CreatedUser[];
  /** Users who were there before and share an address with one of them (L-11). */
  readonly sharing: readonly number[];
}

/**
 * Creates users. Invariant "numbers are the order of creation": in a tenant, user_no rises with (created_at, id). So
 * the tenant's counter is locked; users get a time later than any before; those created at the same time are numbered in
 * the order of their ids.
 */
export async function insertUsers(trx: Handle, tenantId: string, users: readonly NewUser[]): Promise<CreatedUsers> {
  if (users.length === 0) return { users: [], sharing: [] };
  const counter = await lockCounter(trx, tenantId);
  const numbered = number(users, counter);
  await sql`
    update allot.user_counter
    set user_no_last = ${counter.userNoLast + users.length},
        user_created_at_last = ${new Date(Math.max(...numbered.map(({ createdAtMs }) => createdAtMs)))}
    where tenant_id = ${tenantId}
  `.execute(trx);
  await insertRows(trx, tenantId, numbered);
  const sharing = await insertAddresses(
    trx,
    tenantId,
    numbered.map(({ userNo, user }) => ({ userNo, proxyAddresses: user.proxyAddresses })),
  );
  const created = new Map(numbered.map(({ user, userNo, id }) => [user, { userNo, id }]));
  return { users: users.flatMap((user) => created.get(user) ?? []), sharing };
}

interface Counter {
  readonly userNoLast: number;
  readonly createdAtLast: Date | null;
  /** What the database's clock says, once the lock is there. */
  readonly now: Date;
}

async function lockCounter(trx: Handle, tenantId: string): Promise<Counter> {
  await lockUsers(trx, tenantId);
  const { rows } = await sql<Counter>`
    select user_no_last as "userNoLast", nullif(user_created_at_last, '-infinity') as "createdAtLast",
           clock_timestamp() as now
    from allot.user_counter where tenant_id = ${tenantId}
  `.execute(trx);
  const [counter] = rows;
  if (counter === undefined) throw new Error(`tenant ${tenantId} is gone`);
  return counter;
}

interface NumberedUser {
  readonly user: NewUser;
  readonly id: string;
  readonly userNo: number;
  readonly createdAtMs: number;
}

/** Times are whole milliseconds, as they are shown, so that anybody can recompute the order. */
function number(users: readonly NewUser[], { userNoLast, createdAtLast, now }: Counter): readonly NumberedUser[] {
  const earliest = createdAtLast === null ? Number.NEGATIVE_INFINITY : createdAtLast.getTime() + 1;
  const timed = users.map((user) => ({
    user,
    id: user.id?.toLowerCase() ?? randomUUID(),
    createdAtMs: Math.max((user.createdAt ?? now).getTime(), earliest),
  }));
  return timed
    .toSorted((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1))
    .map((one, at) => ({ ...one, userNo: userNoLast + 1 + at }));
}

/** How JSON becomes columns of allot.directory_user. */
const sqlTypes = {
  string: 'text',
  boolean: 'boolean',
  strings: 'text[]',
  extensions: 'text[]',
  dateTime: 'timestamptz',
  json: 'jsonb',
  guid: 'uuid',
};

async function insertRows(trx: Handle, tenantId: string, users: readonly NumberedUser[]): Promise<void> {
  const given = new Set(users.flatMap(({ user }) => Object.keys(user.values)));
  const columns = [...userAttributes.values()].flatMap(({ name, column, type }) => {
    const stored = Object.entries(sqlTypes).find(([kind]) => kind === type)?.[1];
    return !given.has(name) || column === null || stored === undefined ? [] : [{ name, column, type: stored }];
  });
  const rows = users.map(({ user, id, userNo, createdAtMs }) => ({
    ...Object.fromEntries(columns.map(({ name, column }) => [column, user.values[name] ?? null])),
    user_no: userNo,
    id,
    created_at: new Date(createdAtMs),
    proxy_addresses: user.proxyAddresses,
  }));
  const names = columns.map(({ column }) => sql.id(column));
  const typed = columns.map(({ column, type }) => sql`${sql.id(column)} ${sql.raw(type)}`);
  await sql`
    insert into allot.directory_user (${sql.join([...ownColumns.map((name) => sql.id(name)), ...names])})
    select ${tenantId}, user_no, id, created_at, proxy_addresses${names.length > 0 ? sql`, ${sql.join(names)}` : sql``}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (${sql.join([...ownTypes, ...typed])})
  `.execute(trx);
}

const ownColumns = ['tenant_id', 'user_no', 'id', 'created_at', 'proxy_addresses'];
const ownTypes = [sql`user_no bigint`, sql`id uuid`, sql`created_at timestamptz`, sql`proxy_addresses text[]`];

/** Whether a statement failed because another user of the tenant, not deleted, has the same user principal name. */
export function isUserPrincipalNameTaken(error: unknown): boolean {
  return isUniqueViolation(error, 'directory_user_upn');
}

/** Whether a statement failed because another user of the tenant has, or had, the same id. */
export function isUserIdTaken(error: unknown): boolean {
  return isUniqueViolation(error, 'directory_user_id');
}

/** Whether a statement failed because of this constraint. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === '23505' &&
    'constraint' in error &&
    error.constraint === constraint
  );
}
