import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** A person who may sign in: a directory user with an account, or a local administrator. */
export interface Person {
  /** Object id; of a directory user the user's. */
  readonly id: string;
  /** What the person signs in with: the user principal name, or the local administrator's own name. */
  readonly signInName: string;
  readonly displayName: string;
  /** Nobody's user in the directory. */
  readonly local: boolean;
  /** False when account or user is disabled. */
  readonly enabled: boolean;
  /** Null: only a one-time link lets in. */
  readonly passwordHash: string | null;
  readonly totpSecret: Buffer | null;
}

/** The person with this object id; a deleted user is none. */
export async function findPerson(db: Handle, tenantId: string, id: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`
    ${personColumns(tenantId)} and a.id = ${id}
  `.execute(db);
  return rows[0];
}

/** The person who signs in with this name, in any case. */
export async function findPersonByName(db: Handle, tenantId: string, name: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`
    ${personColumns(tenantId)}
      and (lower(a.sign_in_name) = lower(${name}) or lower(u.user_principal_name) = lower(${name}))
    -- A local administrator's name may come to be a user's as well; the administrator must not be locked out by that.
    order by (a.sign_in_name is not null) desc
    limit 1
  `.execute(db);
  return rows[0];
}

/** Everybody who may sign in, by name. */
export async function listPersons(db: Handle, tenantId: string): Promise<readonly Person[]> {
  const { rows } = await sql<Person>`
    ${personColumns(tenantId)}
    order by "signInName", a.id
  `.execute(db);
  return rows;
}

const personColumns = (tenantId: string) => sql`
  select a.id, coalesce(a.sign_in_name, u.user_principal_name) as "signInName",
         coalesce(a.display_name, u.display_name) as "displayName", a.sign_in_name is not null as local,
         a.enabled and coalesce(u.account_enabled, true) as enabled, a.password_hash as "passwordHash",
         a.totp_secret as "totpSecret"
  from allot.account a
  left join allot.directory_user u
    on u.tenant_id = ${tenantId} and u.id = a.id and u.deleted_at is null and a.sign_in_name is null
  where a.tenant_id = ${tenantId} and (a.sign_in_name is not null or u.id is not null)`;
