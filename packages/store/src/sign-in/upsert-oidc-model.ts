import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { OidcModelKey, OidcModelPayload } from './oidc-model.ts';

/** Stores a model, replacing what was there. Without `expiresInSeconds` it stays until it is destroyed. */
export async function upsertOidcModel(
  db: Handle,
  key: OidcModelKey,
  payload: OidcModelPayload,
  expiresInSeconds?: number,
): Promise<void> {
  await sql`
    insert into allot.oidc_model (tenant_id, kind, id, payload, grant_id, user_code, uid, expires_at)
    values (${key.tenantId}, ${key.kind}, ${key.id}, ${JSON.stringify(payload)}::jsonb, ${payload.grantId ?? null},
            ${payload.userCode ?? null}, ${payload.uid ?? null},
            now() + make_interval(secs => ${expiresInSeconds ?? null}::double precision))
    on conflict (tenant_id, kind, id) do update
    set payload = excluded.payload, grant_id = excluded.grant_id, user_code = excluded.user_code,
        uid = excluded.uid, expires_at = excluded.expires_at
  `.execute(db);
}
