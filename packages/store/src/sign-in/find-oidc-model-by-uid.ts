import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { OidcModelPayload } from './oidc-model.ts';

/** The model with this uid (sessions have one). It may have expired: the provider looks at `exp` itself. */
export async function findOidcModelByUid(
  db: Handle,
  tenantId: string,
  kind: string,
  uid: string,
): Promise<OidcModelPayload | undefined> {
  const { rows } = await sql<{ payload: OidcModelPayload }>`
    select payload
    from allot.oidc_model
    where tenant_id = ${tenantId} and kind = ${kind} and uid = ${uid}
  `.execute(db);
  return rows[0]?.payload;
}
