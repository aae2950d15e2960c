import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { SigningKey } from './signing-key.ts';

/**
 * Offers a key for its generation, to sign `inSeconds` from now. Invariant "one key a generation": when another server
 * was first, its key stays and nothing is said; load the keys afterwards to learn which one it is.
 */
export async function insertSigningKey(
  db: Handle,
  tenantId: string,
  { generation, kid, privateJwk }: Pick<SigningKey, 'generation' | 'kid' | 'privateJwk'>,
  inSeconds = 0,
): Promise<void> {
  await sql`
    insert into allot.signing_key (tenant_id, generation, kid, private_jwk, signs_from)
    values (${tenantId}, ${generation}, ${kid}, ${JSON.stringify(privateJwk)}::jsonb,
            now() + make_interval(secs => ${inSeconds}::double precision))
    on conflict (tenant_id, generation) do nothing
  `.execute(db);
}
