import { errors, Provider } from 'oidc-provider';
import type { Adapter, AdapterPayload } from 'oidc-provider';

import {
  consumeOidcModel,
  destroyOidcModel,
  findApplication,
  findOidcModel,
  findOidcModelByUid,
  findOidcModelByUserCode,
  forTenant,
  listCertificates,
  revokeOidcGrant,
  upsertOidcModel,
} from '@allot/store';
import type { Application, ApplicationCertificate, Handle } from '@allot/store';

import type { Address } from './address.ts';
import { firstPartyClient, firstPartyScopes } from './first-party-clients.ts';
import type { FirstPartyClient } from './first-party-clients.ts';

/** Properties of a client beside OpenID Connect's: what its application may do, and may ask for in a person's name. */
export const permissionsProperty = 'allot_permissions';
export const delegatedProperty = 'allot_delegated_permissions';
export const endsWithSessionProperty = 'allot_ends_with_session';
export const clientProperties = [permissionsProperty, delegatedProperty, endsWithSessionProperty];

export type ModelAdapterParts = { readonly db: Handle; readonly tenantId: string; readonly address: Address };

/** How the provider of one tenant reads and writes its models. Clients are the applications, and only read. */
export function createModelAdapter({ db, ...parts }: ModelAdapterParts, kind: string): Adapter {
  const scoped = { ...parts, db: forTenant(db, parts.tenantId) };
  return kind === 'Client' ? clientAdapter(scoped) : modelAdapter(scoped, kind);
}

function modelAdapter({ db, tenantId }: ModelAdapterParts, kind: string): Adapter {
  const keyOf = (id: string) => ({ tenantId, kind, id });
  return {
    upsert: (id, payload, expiresInSeconds) => upsertOidcModel(db, keyOf(id), payload, expiresInSeconds),
    find: (id) => findOidcModel(db, keyOf(id)),
    findByUid: (uid) => findOidcModelByUid(db, tenantId, kind, uid),
    findByUserCode: (userCode) => findOidcModelByUserCode(db, tenantId, kind, userCode),
    consume: async (id) => {
      if (!(await consumeOidcModel(db, keyOf(id)))) throw new errors.InvalidGrant('it was used at the same moment');
    },
    destroy: (id) => destroyOidcModel(db, keyOf(id)),
    revokeByGrantId: (grantId) => revokeOidcGrant(db, tenantId, grantId),
  };
}

function clientAdapter({ db, tenantId, address }: ModelAdapterParts): Adapter {
  const find = async (given: string): Promise<AdapterPayload | undefined> => {
    const clientId = given.toLowerCase();
    const own = firstPartyClient(clientId, address);
    if (own !== undefined) return ownClientOf(own);
    const application = uuid.test(given) ? await findApplication(db, tenantId, given) : undefined;
    if (application === undefined) return undefined;
    if (!asserts()) return clientOf(application);
    return assertingClientOf(application, await listCertificates(db, tenantId, application.clientId));
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

/**
 * Does the client of the request at hand show an assertion? To the provider a client has one method for good; an
 * application with both a secret and certificates is two such clients, of which the request says which one.
 */
const asserts = (): boolean => Provider.ctx?.oidc?.params?.['client_assertion'] !== undefined;

function ownClientOf(client: FirstPartyClient): AdapterPayload {
  const { clientId, displayName, redirectUris, postLogoutRedirectUris, endsWithSession } = client;
  return {
    client_id: clientId,
    client_name: displayName,
    application_type: 'web',
    token_endpoint_auth_method: 'none',
    grant_types: grantTypesOf({ publicClient: true, redirectUris }),
    response_types: redirectUris.length > 0 ? ['code'] : [],
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: [...postLogoutRedirectUris],
    [permissionsProperty]: [],
    [delegatedProperty]: [...firstPartyScopes],
    [endsWithSessionProperty]: endsWithSession,
  };
}

function clientOf(application: Application): AdapterPayload {
  const { publicClient, redirectUris, secretHash } = application;
  return {
    client_id: application.clientId,
    client_name: application.displayName,
    // A native one may use any port of its own machine, whichever is registered.
    application_type: publicClient ? 'native' : 'web',
    // The hash, not the secret: Client.compareClientSecret is replaced, and no algorithm that would use it as a key
    // is enabled. An application without one is shown a secret that no hash matches.
    ...(publicClient ? {} : { client_secret: secretHash ?? noSecretHash }),
    // One method stands for both: the provider takes the secret from the body or as Basic.
    token_endpoint_auth_method: publicClient ? 'none' : 'client_secret_basic',
    grant_types: grantTypesOf(application),
    response_types: redirectUris.length > 0 ? ['code'] : [],
    redirect_uris: [...redirectUris],
    // As in Entra: whoever signs out may come back to where sign-in may lead.
    post_logout_redirect_uris: [...redirectUris],
    [permissionsProperty]: application.permissions,
    [delegatedProperty]: application.delegatedPermissions,
    [endsWithSessionProperty]: false,
  };
}

function assertingClientOf(
  application: Application,
  certificates: readonly ApplicationCertificate[],
): AdapterPayload | undefined {
  const now = Date.now();
  const inForce = certificates.filter(
    ({ startsAt, expiresAt }) => startsAt.getTime() <= now && now < expiresAt.getTime(),
  );
  if (application.publicClient || inForce.length === 0) return undefined;
  const { client_secret: _, ...client } = clientOf(application);
  return {
    ...client,
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: inForce.map(({ publicJwk }) => publicJwk) },
  };
}

/** Well formed, and the hash of nothing: 32 zero bytes are what no secret anybody can find hashes to. */
const noSecretHash = `$scrypt$ln=14,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

function grantTypesOf({ publicClient, redirectUris }: Pick<Application, 'publicClient' | 'redirectUris'>): string[] {
  const forPeople = redirectUris.length > 0 ? ['authorization_code', 'refresh_token'] : [];
  if (!publicClient) return ['client_credentials', ...forPeople];
  return [...new Set([...forPeople, 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'])];
}
