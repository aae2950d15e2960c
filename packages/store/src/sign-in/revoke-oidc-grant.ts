import { sql } from 'kysely';

import type { Handle } from '../handle.ts';

/** Removes every code and token that was given out under a grant, of whatever kind. The grant itself stays. */
export async function revokeOidcGrant(db: Handle, tenantId: string, grantId: string): Promise<void> {
  await sql`
    delete from allot.oidc_model
    where tenant_id = ${tenantId} and grant_id = ${grantId}
  `.execute(db);
}
