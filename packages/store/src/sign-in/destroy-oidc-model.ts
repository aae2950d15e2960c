import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { OidcModelKey } from './oidc-model.ts';

/** Removes a model. One that is not there is no error. */
export async function destroyOidcModel(db: Handle, key: OidcModelKey): Promise<void> {
  await sql`
    delete from allot.oidc_model
    where tenant_id = ${key.tenantId} and kind = ${key.kind} and id = ${key.id}
  `.execute(db);
}
