import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { OidcModelPayload } from './oidc-model.ts';

/** The device code that a person was shown as this user code. It may have expired: the provider looks at `exp` itself. */
export async function findOidcModelByUserCode(
  db: Handle,
  tenantId: string,
  kind: string,
  userCode: string,
): Promise<OidcModelPayload | undefined> {
  const { rows } = await sql<{ payload: OidcModelPayload }>`
    select payload
    from allot.oidc_model
    where tenant_id = ${tenantId} and kind = ${kind} and user_code = ${userCode}
  `.execute(db);
  return rows[0]?.payload;
}
