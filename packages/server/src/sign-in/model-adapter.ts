import type { Adapter, AdapterPayload } from 'oidc-provider';

import {
  consumeOidcModel,
  destroyOidcModel,
  findApplication,
  findOidcModel,
  findOidcModelByUid,
  findOidcModelByUserCode,
  forTenant,
  revokeOidcGrant,
  upsertOidcModel,
} from '@allot/store';
import type { Application, Handle } from '@allot/store';

/** The property of a client that carries the permissions of its application. */
export const permissionsProperty = 'allot_permissions';

/** How the provider of one tenant reads and writes its models. Clients are the applications, and only read. */
export function createModelAdapter(db: Handle, tenantId: string, kind: string): Adapter {
  const scoped = forTenant(db, tenantId);
  return kind === 'Client' ? clientAdapter(scoped, tenantId) : modelAdapter(scoped, tenantId, kind);
}

function modelAdapter(db: Handle, tenantId: string, kind: string): Adapter {
  const keyOf = (id: string) => ({ tenantId, kind, id });
  return {
    upsert: (id, payload, expiresInSeconds) => upsertOidcModel(db, keyOf(id), payload, expiresInSeconds),
    find: (id) => findOidcModel(db, keyOf(id)),
    findByUid: (uid) => findOidcModelByUid(db, tenantId, kind, uid),
    findByUserCode: (userCode) => findOidcModelByUserCode(db, tenantId, kind, userCode),
    consume: (id) => consumeOidcModel(db, keyOf(id)),
    destroy: (id) => destroyOidcModel(db, keyOf(id)),
    revokeByGrantId: (grantId) => revokeOidcGrant(db, tenantId, grantId),
  };
}

function clientAdapter(db: Handle, tenantId: string): Adapter {
  const find = async (clientId: string): Promise<AdapterPayload | undefined> => {
    const application = uuid.test(clientId) ? await findApplication(db, tenantId, clientId) : undefined;
    return application && clientOf(application);
  };
  const refuse = async (): Promise<never> => {
    throw new Error('The sign-in provider reads applications and never writes them.');
  };
  return {
    find,
    upsert: refuse,
    findByUid: refuse,
    findByUserCode: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  };
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function clientOf(application: Application): AdapterPayload {
  return {
    client_id: application.clientId,
    client_name: application.displayName,
    // The hash, not the secret: Client.compareClientSecret is replaced, and no algorithm that would use it as a key
    // is enabled.
    client_secret: application.secretHash,
    // One method stands for both: the provider takes the secret from the body or as Basic.
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    [permissionsProperty]: application.permissions,
  };
}
