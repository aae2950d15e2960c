import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { SigningKey } from './signing-key.ts';

/** All signing keys of a tenant, the one that signs now first. A tenant that never issued a token has none. */
export async function loadSigningKeys(db: Handle, tenantId: string): Promise<readonly SigningKey[]> {
  const { rows } = await sql<SigningKey>`
    select generation, kid, private_jwk as "privateJwk",
           extract(epoch from now() - signs_from)::double precision as "signsForSeconds"
    from allot.signing_key
    where tenant_id = ${tenantId}
    order by (signs_from <= now()) desc, generation desc
  `.execute(db);
  return rows;
}

/** Removes a key: what it signed is believed no longer. */
export async function deleteSigningKey(db: Handle, tenantId: string, generation: number): Promise<void> {
  await sql`
    delete from allot.signing_key where tenant_id = ${tenantId} and generation = ${generation}
  `.execute(db);
}
