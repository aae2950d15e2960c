import { errors, Provider } from 'oidc-provider';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { JWK } from 'jose';

import type { Handle, Log } from '@allot/store';

import type { Address } from './address.ts';
import { issuerOf } from './address.ts';
import type { SecretCheck } from './check-secret.ts';
import { TooManySecretChecks } from './check-secret.ts';
import { createModelAdapter, permissionsProperty } from './model-adapter.ts';
import { isThisResource, unknownScope } from './requested-resource.ts';
import { claimsOf, tokenLifetimeSeconds } from './token-claims.ts';
import { answerError } from './token-error.ts';

export type ProviderParts = {
  readonly db: Handle;
  readonly address: Address;
  readonly log: Log;
  readonly checkSecret: SecretCheck;
};

/** Paths below `/{tenant}`, as in Entra. Discovery is where the provider has it, below `/{tenant}/v2.0`. */
export const providerRoutes = {
  authorization: '/oauth2/v2.0/authorize',
  device_authorization: '/oauth2/v2.0/devicecode',
  code_verification: '/oauth2/v2.0/deviceauth',
  end_session: '/oauth2/v2.0/logout',
  jwks: '/discovery/v2.0/keys',
  token: '/oauth2/v2.0/token',
} as const;

/**
 * Makes the OpenID Connect provider of one tenant. There is one per tenant because issuer and keys belong to the
 * provider; making it takes 0.4 ms and 50 KiB, and it is kept (see providers.ts).
 *
 * Only client credentials are switched on. What people need (authorization code with PKCE, device code, refresh
 * tokens) is a feature flag here, a response or grant type of the client in model-adapter.ts, and a route in index.ts.
 */
export function createProvider(tenantId: string, privateJwks: readonly JWK[], parts: ProviderParts): Provider {
  const provider = new Provider(issuerOf(parts.address, tenantId), configurationOf(tenantId, privateJwks, parts));
  standAtAddress(provider, parts.address);
  compareSecretsByHash(provider, parts.checkSecret);
  provider.use(async (ctx, next) => {
    await next();
    sayExtendedExpiry(ctx);
  });
  reportErrors(provider, tenantId, parts.log);
  return provider;
}

function configurationOf(tenantId: string, privateJwks: readonly JWK[], parts: ProviderParts): Configuration {
  return {
    adapter: (kind) => createModelAdapter(parts.db, tenantId, kind),
    jwks: { keys: [...privateJwks] },
    routes: providerRoutes,
    discovery: { msgraph_host: parts.address.host, cloud_instance_name: parts.address.host },
    responseTypes: [],
    scopes: ['openid'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    extraClientMetadata: { properties: [permissionsProperty] },
    // Browsers of other origins get tokens by no flow that is switched on.
    clientBasedCORS: () => false,
    ttl: { ClientCredentials: tokenLifetimeSeconds },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: resourceIndicatorsOf(parts.address),
    },
    extraTokenClaims: (_ctx, { client }) =>
      client &&
      claimsOf({
        tenantId,
        clientId: client.clientId,
        displayName: client.clientName ?? client.clientId,
        permissions: permissionsOf(client),
      }),
    formats: {
      customizers: {
        jwt: (_ctx, _token, { payload }) => {
          payload.nbf = payload.iat;
        },
      },
    },
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256'],
      userinfoSigningAlgValues: ['RS256'],
      clientAuthSigningAlgValues: ['RS256', 'PS256'],
    },
    // Programs ask here, whatever they say they accept.
    renderError: (ctx, out) => {
      ctx.body = out;
    },
  };
}

/** One resource: this installation. Its tokens are JSON Web Tokens with the base address as audience. */
function resourceIndicatorsOf(address: Address) {
  return {
    enabled: true,
    defaultResource: (ctx: KoaContextWithOIDC) => {
      const { scope } = ctx.oidc.params ?? {};
      const unknown = typeof scope === 'string' ? unknownScope(scope, address, ctx.get('host')) : undefined;
      if (unknown !== undefined) {
        throw new errors.InvalidScope(
          `The scope '${unknown}' is not valid. Ask for '${address.base}/.default'.`,
          unknown,
        );
      }
      return address.base;
    },
    getResourceServerInfo: (ctx: KoaContextWithOIDC, resource: string) => {
      if (!isThisResource(resource, address, ctx.get('host'))) {
        throw new errors.InvalidTarget(
          `The resource '${resource}' is not served here. Leave 'resource' out and ask for scope '${address.base}/.default'.`,
        );
      }
      return {
        scope: '',
        audience: address.base,
        accessTokenFormat: 'jwt',
        accessTokenTTL: tokenLifetimeSeconds,
      } as const;
    },
    useGrantedResource: () => true,
  };
}

/** Addresses that the provider gives out are built from the configured one, not from what a request or proxy says. */
function standAtAddress(provider: Provider, address: Address): void {
  Object.defineProperties(provider.request, {
    protocol: { get: () => address.protocol },
    host: { get: () => address.host },
  });
}

function compareSecretsByHash(provider: Provider, checkSecret: SecretCheck): void {
  provider.Client.prototype.compareClientSecret = async function compareClientSecret(secret) {
    try {
      return await checkSecret(this.clientId, this.clientSecret ?? '', secret);
    } catch (error) {
      if (!(error instanceof TooManySecretChecks)) throw error;
      throw new errors.OIDCProviderError(429, 'temporarily_unavailable', { cause: error });
    }
  };
}

function permissionsOf(client: object): readonly string[] {
  // Our own property, written by model-adapter.ts.
  const { [permissionsProperty]: permissions = [] } = client as { [permissionsProperty]?: readonly string[] };
  return permissions;
}

/** Entra's clients expect it in the answer; it is how long a token may be used while sign-in is out of order. */
function sayExtendedExpiry(ctx: { body: unknown }): void {
  const { body } = ctx;
  if (typeof body === 'object' && body !== null && 'access_token' in body && 'expires_in' in body) {
    ctx.body = { ...body, ext_expires_in: body.expires_in };
  }
}

function reportErrors(provider: Provider, tenantId: string, log: Log): void {
  const answer = (ctx: KoaContextWithOIDC, error: Error) => answerError(ctx, error, tenantId, log);
  provider.on('grant.error', answer);
  provider.on('discovery.error', answer);
  provider.on('jwks.error', answer);
  provider.on('server_error', answer);
  // What Koa calls when an answer cannot be sent, mostly because the client has gone.
  provider.onerror = (error) => log.warn({ err: error, tenantId }, 'An answer of the sign-in provider was not sent');
}
