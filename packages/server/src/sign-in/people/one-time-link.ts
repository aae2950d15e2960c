import { createHash, randomBytes } from 'node:crypto';

import { insertLink } from '@allot/store';
import type { Handle } from '@allot/store';

import { newTotpSecret } from './totp.ts';

/** How long a link is good: a working day and the night after it. */
const linkSecondsMax = 24 * 60 * 60;

/**
 * Makes a link with which a person sets password and authenticator, once; older ones of the person are good no longer.
 * @returns the path below the base address; the only time it can be read, since only its hash is kept
 */
export async function createOneTimeLink(db: Handle, tenantId: string, accountId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const link = { accountId, tokenHash: hashOfToken(token), totpSecret: newTotpSecret(), secondsMax: linkSecondsMax };
  await insertLink(db, tenantId, link);
  return `/${tenantId}/sign-in/link/${token}`;
}

export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();
