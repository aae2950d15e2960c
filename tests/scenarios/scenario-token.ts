import { randomUUID } from 'node:crypto';
import { createApplication, insertSigningKey, loadSigningKeys } from '@allot/store';
import { applicationPermissions } from '../../packages/server/src/sign-in/permission-names.ts';
import { hashSecret } from '../../packages/server/src/sign-in/secret-hash.ts';
import { fetchToken, type TestServer } from '../server.ts';

/**
 * Gives tokens of an application that may do everything in a tenant. Tenants of one run share a secret and a signing key: making
 * those takes longer than a scenario.
 */
export async function tokensOf(server: TestServer): Promise<(tenantId: string) => Promise<string>> {
  const { db } = server.database;
  await server.token(); // The server makes the key of its own tenant with the first token.
  const keys = await loadSigningKeys(db, server.tenantId);
  const secret = randomUUID();
  const secretHash = await hashSecret(secret);
  return async (tenantId) => {
    const clientId = randomUUID();
    const application = {
      tenantId,
      clientId,
      displayName: 'Scenario',
      secretHash,
      permissions: applicationPermissions,
    };
    await createApplication(db, application);
    for (const key of keys) await insertSigningKey(db, tenantId, key);
    return fetchToken(server.baseUrl, tenantId, clientId, secret);
  };
}
