import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { SigningKey } from './signing-key.ts';

/**
 * Offers a key for its generation. Invariant "one key a generation": when another server was first, its key stays
 * and nothing is said; load the keys afterwards to learn which one it is.
 */
export async function insertSigningKey(db: Handle, tenantId: string, key: SigningKey): Promise<void> {
  await sql`
    insert into allot.signing_key (tenant_id, generation, kid, private_jwk)
    values (${tenantId}, ${key.generation}, ${key.kid}, ${JSON.stringify(key.privateJwk)}::jsonb)
    on conflict (tenant_id, generation) do nothing
  `.execute(db);
}
