import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { OidcModelKey } from './oidc-model.ts';

/**
 * Marks a model as used, in its payload, in seconds since 1970: a code or refresh token seen again is a theft.
 * Invariant "used once": of several who use it at the same time, one is told true.
 */
export async function consumeOidcModel(db: Handle, key: OidcModelKey): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update allot.oidc_model
    set payload = jsonb_set(payload, '{consumed}', to_jsonb(floor(extract(epoch from now()))))
    where tenant_id = ${key.tenantId} and kind = ${key.kind} and id = ${key.id}
      and not payload ? 'consumed'
  `.execute(db);
  return numAffectedRows === 1n;
}
