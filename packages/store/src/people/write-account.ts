import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

export interface NewAccount {
  readonly id: string;
  /** Both null for a directory user. */
  readonly signInName: string | null;
  readonly displayName: string | null;
}

/** Adds an account without a password. @returns false when the id or the name is taken */
export async function insertAccount(db: Handle, tenantId: string, account: NewAccount): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into allot.account (tenant_id, id, sign_in_name, display_name)
    values (${tenantId}, ${account.id}, ${account.signInName}, ${account.displayName})
    on conflict do nothing
  `.execute(db);
  return numAffectedRows === 1n;
}

export async function setAccountEnabled(db: Handle, tenantId: string, id: string, enabled: boolean): Promise<void> {
  await sql`
    update allot.account set enabled = ${enabled} where tenant_id = ${tenantId} and id = ${id}
  `.execute(db);
}

/** Sets password and authenticator together; codes of steps up to `totpStep` are taken already. */
export async function setSignInMeans(
  db: Handle,
  tenantId: string,
  id: string,
  means: { readonly passwordHash: string; readonly totpSecret: Buffer; readonly totpStep: number },
): Promise<void> {
  await sql`
    update allot.account
    set password_hash = ${means.passwordHash}, totp_secret = ${means.totpSecret}, totp_step = ${means.totpStep}
    where tenant_id = ${tenantId} and id = ${id}
  `.execute(db);
}

/** Invariant "a code is taken once": of several who bring the code of one step, or an older one, one is told true. */
export async function takeTotpStep(db: Handle, tenantId: string, id: string, step: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update allot.account set totp_step = ${step} where tenant_id = ${tenantId} and id = ${id} and totp_step < ${step}
  `.execute(db);
  return numAffectedRows === 1n;
}

/** Ends every session, grant, code and refresh token of a person. Access tokens are good until they expire. */
export async function endSessions(db: Handle, tenantId: string, accountId: string): Promise<void> {
  await sql`
    delete from allot.oidc_model
    where tenant_id = ${tenantId} and payload ? 'accountId' and payload ->> 'accountId' = ${accountId}
  `.execute(db);
}
