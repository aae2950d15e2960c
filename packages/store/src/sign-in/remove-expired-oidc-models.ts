import { sql } from 'kysely';

import type { Handle } from '../handle.ts';

/** At most so many rows go in one statement, so that it never holds locks for long. */
const expiredOidcModelsMax = 10_000;

/**
 * Removes models of a tenant that expired more than a minute ago (the provider tolerates clocks that differ by
 * seconds). Returns how many; call again until it is none.
 */
export async function removeExpiredOidcModels(db: Handle, tenantId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from allot.oidc_model
    where tenant_id = ${tenantId}
      and (kind, id) in (
        select kind, id
        from allot.oidc_model
        where tenant_id = ${tenantId} and expires_at < now() - interval '1 minute'
        order by expires_at
        limit ${expiredOidcModelsMax}
        for update skip locked
      )
  `.execute(db);
  return Number(numAffectedRows ?? 0n);
}
