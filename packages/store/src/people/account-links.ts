import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** A one-time link by the hash of the token in it. */
export interface AccountLink {
  readonly accountId: string;
  readonly totpSecret: Buffer;
}

/** Adds a link; older ones of the account are good no longer. */
export async function insertLink(
  db: Handle,
  tenantId: string,
  link: AccountLink & { readonly tokenHash: Buffer; readonly secondsMax: number },
): Promise<void> {
  await removeLinksOf(db, tenantId, link.accountId);
  await sql`
    insert into allot.account_link (tenant_id, token_hash, account_id, totp_secret, expires_at)
    values (${tenantId}, ${link.tokenHash}, ${link.accountId}, ${link.totpSecret},
            now() + make_interval(secs => ${link.secondsMax}))
  `.execute(db);
}

/** The link, unless it was used or is too old. @param lock inside a transaction: nobody else uses it meanwhile */
export async function findLink(
  db: Handle,
  tenantId: string,
  tokenHash: Buffer,
  lock = false,
): Promise<AccountLink | undefined> {
  const { rows } = await sql<AccountLink>`
    select account_id as "accountId", totp_secret as "totpSecret"
    from allot.account_link
    where tenant_id = ${tenantId} and token_hash = ${tokenHash} and expires_at > now()
    ${lock ? sql`for update` : sql``}
  `.execute(db);
  return rows[0];
}

export async function removeLinksOf(db: Handle, tenantId: string, accountId: string): Promise<void> {
  await sql`
    delete from allot.account_link where tenant_id = ${tenantId} and account_id = ${accountId}
  `.execute(db);
}
