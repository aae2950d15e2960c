import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { OidcModelKey, OidcModelPayload } from './oidc-model.ts';

/** The model with this id. It may have expired: the provider looks at `exp` itself. */
export async function findOidcModel(db: Handle, key: OidcModelKey): Promise<OidcModelPayload | undefined> {
  const { rows } = await sql<{ payload: OidcModelPayload }>`
    select payload
    from allot.oidc_model
    where tenant_id = ${key.tenantId} and kind = ${key.kind} and id = ${key.id}
  `.execute(db);
  return rows[0]?.payload;
}
