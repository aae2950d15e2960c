import { randomBytes, randomUUID } from 'node:crypto';

import { createApplication, forTenant } from '@allot/store';
import type { Handle } from '@allot/store';

import { applicationPermissions } from './permission-names.ts';
import { hashSecret, secretLengthMax } from './secret-hash.ts';

export type ClientCredentials = { readonly clientId: string; readonly clientSecret: string };

/**
 * Adds the application that administers a new tenant, with all permissions. `secret`: what the operator wants it to
 * be; otherwise one of 256 random bits is made. Only its hash is stored, so this is the only time it can be read.
 */
export async function createFirstApplication(
  db: Handle,
  tenantId: string,
  { secret = randomBytes(32).toString('base64url') }: { readonly secret?: string | undefined } = {},
): Promise<ClientCredentials> {
  if (!printableAscii.test(secret) || secret.length > secretLengthMax) {
    throw new Error(
      `A client secret consists of 1 to ${secretLengthMax} printable ASCII characters. Change ` +
        'ALLOT_ADMIN_CLIENT_SECRET, or leave it out to have one made.',
    );
  }
  const clientId = randomUUID();
  const secretHash = await hashSecret(secret);
  const displayName = 'Allot administration';
  await createApplication(forTenant(db, tenantId), {
    tenantId,
    clientId,
    displayName,
    secretHash,
    permissions: applicationPermissions,
  });
  return { clientId, clientSecret: secret };
}

/** What survives a form, Basic authorization, and a file. */
const printableAscii = /^[\x20-\x7e]+$/;
