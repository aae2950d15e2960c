import { errors, Provider } from 'oidc-provider';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { JWK } from 'jose';

import { findPerson, forTenant } from '@allot/store';
import type { Handle, Log } from '@allot/store';

import type { Address } from './address.ts';
import { issuerOf } from './address.ts';
import type { SecretCheck } from './check-secret.ts';
import { TooManySecretChecks } from './check-secret.ts';
import { refuseForeignScopes, resourceScopes, scopesOfToken } from './delegated-scopes.ts';
import { clientProperties, createModelAdapter, delegatedProperty, permissionsProperty } from './model-adapter.ts';
import { continuePage } from './pages/device-pages.ts';
import { heldRoles } from './people/load-caller.ts';
import { peopleConfiguration, peopleFeatures, peopleLifetimes, show, showProblem } from './provider-people.ts';
import { isThisResource, unknownScope } from './requested-resource.ts';
import type { RewrittenRequest } from './rewrite-request.ts';
import { claimsOf, personClaimsOf, tokenLifetimeSeconds } from './token-claims.ts';
import { answerError, sentenceOf } from './token-error.ts';

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
  revocation: '/oauth2/v2.0/revoke',
  token: '/oauth2/v2.0/token',
} as const;

/**
 * Makes the OpenID Connect provider of one tenant. There is one per tenant because issuer and keys belong to the
 * provider; making it takes 0.4 ms and 50 KiB, and it is kept (see providers.ts).
 * What concerns people is in provider-people.ts.
 */
export function createProvider(tenantId: string, privateJwks: readonly JWK[], parts: ProviderParts): Provider {
  const provider = new Provider(issuerOf(parts.address, tenantId), configurationOf(tenantId, privateJwks, parts));
  standAtAddress(provider, parts.address);
  compareSecretsByHash(provider, parts.checkSecret);
  acceptAssertionsFor(provider, parts.address);
  provider.use(async (ctx, next) => {
    await next();
    // The provider's middleware has run, so the context has become one of its own.
    const answered = ctx as typeof ctx & KoaContextWithOIDC;
    speakEntra(answered, tenantId);
    leaveScriptsOut(answered);
  });
  reportErrors(provider, tenantId, parts.log);
  return provider;
}

function configurationOf(tenantId: string, privateJwks: readonly JWK[], parts: ProviderParts): Configuration {
  const db = forTenant(parts.db, tenantId);
  return {
    ...peopleConfiguration({ db, tenantId, address: parts.address, privateJwks }),
    adapter: (kind) => createModelAdapter({ db, tenantId, address: parts.address }, kind),
    jwks: { keys: [...privateJwks] },
    routes: providerRoutes,
    discovery: { msgraph_host: parts.address.host, cloud_instance_name: parts.address.host },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    extraClientMetadata: { properties: clientProperties },
    // Programs in a browser sign in from the addresses they are registered with.
    clientBasedCORS: (_ctx, origin, client) =>
      client?.redirectUris?.some((uri) => URL.parse(uri)?.origin === origin) === true,
    ttl: { ...peopleLifetimes, ClientCredentials: tokenLifetimeSeconds, AccessToken: tokenLifetimeSeconds },
    features: {
      ...peopleFeatures,
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: resourceIndicatorsOf(parts.address),
    },
    extraTokenClaims: (ctx, token) => claimsOfToken(ctx, token, tenantId, db),
    formats: {
      customizers: {
        jwt: (_ctx, _token, { payload }) => {
          payload.nbf = payload.iat;
          // Entra's word for it is scp.
          delete payload['scope'];
        },
      },
    },
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256'],
      userinfoSigningAlgValues: ['RS256'],
      clientAuthSigningAlgValues: ['RS256', 'PS256'],
    },
    // Programs ask where tokens are given out, whatever they say they accept; elsewhere it is browsers.
    renderError: (ctx, out, error) => {
      if (ctx.oidc?.route !== undefined && forBrowsers.has(ctx.oidc.route))
        showProblem(ctx, sentenceOf(error, tenantId));
      else ctx.body = out;
    },
  };
}

const forBrowsers: ReadonlySet<string> = new Set([
  'authorization',
  'resume',
  'code_verification',
  'device_resume',
  'end_session',
  'end_session_confirm',
  'end_session_success',
]);

type ExtraClaims = NonNullable<Configuration['extraTokenClaims']>;

async function claimsOfToken(
  _ctx: Parameters<ExtraClaims>[0],
  token: Parameters<ExtraClaims>[1],
  tenantId: string,
  db: Handle,
) {
  const { client } = token;
  if (client === undefined) return undefined;
  const clientId = client.clientId;
  const clientName = client.clientName ?? clientId;
  if (token.kind === 'ClientCredentials') {
    return claimsOf({ tenantId, clientId, displayName: clientName, permissions: namesIn(client, permissionsProperty) });
  }
  const id = 'accountId' in token ? token.accountId : undefined;
  const person = id === undefined ? undefined : await findPerson(db, tenantId, id);
  if (person === undefined) throw new errors.InvalidGrant('the account is gone');
  const held = await heldRoles(db, tenantId, person.id);
  return personClaimsOf({
    tenantId,
    id: person.id,
    displayName: person.displayName,
    signInName: person.signInName,
    clientId,
    clientName,
    scopes: scopesOfToken(token.scope ?? '', namesIn(client, delegatedProperty)),
    roleIds: [...new Set(held.filter(({ groupId }) => groupId === null).map(({ role }) => role.id))],
  });
}

/** One resource: this installation. Its tokens are JSON Web Tokens with the base address as audience. */
function resourceIndicatorsOf(address: Address) {
  return {
    enabled: true,
    defaultResource: (ctx: KoaContextWithOIDC) => {
      const { scope, grant_type: grantType } = ctx.oidc.params ?? {};
      const { client } = ctx.oidc;
      if (grantType !== 'client_credentials' && client !== undefined) {
        const name = client.clientName ?? client.clientId;
        if (typeof scope === 'string') refuseForeignScopes(scope, name, namesIn(client, delegatedProperty));
        return address.base;
      }
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
        scope: ctx.oidc.params?.['grant_type'] === 'client_credentials' ? '' : resourceScopes.join(' '),
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

/** An assertion is for the token endpoint, which a tenant has under its id and under its domain. */
function acceptAssertionsFor(provider: Provider, { base, path }: Address): void {
  Object.defineProperty(provider.OIDCContext.prototype, 'clientJwtAuthExpectedAudience', {
    value(this: KoaContextWithOIDC['oidc']) {
      const request: RewrittenRequest | undefined = Provider.ctx?.req;
      const asked = request?.askedPath;
      const own = [this.issuer, this.urlFor('token')];
      return new Set(asked === undefined ? own : [...own, base + asked.slice(path.length)]);
    },
  });
}

function namesIn(client: object, property: typeof permissionsProperty | typeof delegatedProperty): readonly string[] {
  // Our own properties, written by model-adapter.ts.
  return (client as { [name: string]: readonly string[] | undefined })[property] ?? [];
}

/** Adds what Entra's clients expect in answers and OAuth does not have. */
function speakEntra(ctx: KoaContextWithOIDC, tenantId: string): void {
  const { body } = ctx;
  if (typeof body !== 'object' || body === null) return;
  const { said }: RewrittenRequest = ctx.req;
  if ('access_token' in body && 'expires_in' in body) {
    const id = ctx.oidc?.entities.Account?.accountId;
    const forPerson = id === undefined ? {} : entrasWordsOnPerson(id, tenantId, said, body);
    // How long a token may be used while sign-in is out of order.
    ctx.body = { ...body, ...forPerson, ext_expires_in: body.expires_in };
  }
  if ('device_code' in body && 'user_code' in body && 'verification_uri' in body) {
    const { verification_uri_complete: _, ...kept } = { verification_uri_complete: '', ...body };
    const message = `To sign in, open ${String(kept.verification_uri)} in a browser and type the code ${String(kept.user_code)}.`;
    ctx.body = { ...kept, interval: pollSeconds, message };
  }
}

/** How often a program asks whether the person has signed in. */
const pollSeconds = 2;

function entrasWordsOnPerson(id: string, tenantId: string, said: RewrittenRequest['said'], body: object) {
  const granted = 'scope' in body && typeof body.scope === 'string' ? body.scope : '';
  // Clients look a token up by the words in which they asked for it.
  const scope = [...new Set(`${granted} ${said?.scope ?? ''}`.split(' '))].filter((name) => name !== '').join(' ');
  const clientInfo = Buffer.from(JSON.stringify({ uid: id, utid: tenantId })).toString('base64url');
  return { scope, ...(said?.clientInfo ? { client_info: clientInfo } : {}) };
}

/** The provider has a few pages that only a script would send on; here they have a button. */
function leaveScriptsOut(ctx: KoaContextWithOIDC): void {
  const { body } = ctx;
  if (typeof body !== 'string' || !body.includes('<script>')) return;
  const page = continuePage(body);
  if (page !== undefined) show(ctx, page);
}

function reportErrors(provider: Provider, tenantId: string, log: Log): void {
  const answer = (ctx: KoaContextWithOIDC, error: Error) => answerError(ctx, error, tenantId, log);
  provider.on('grant.error', answer);
  provider.on('device_authorization.error', answer);
  provider.on('revocation.error', answer);
  provider.on('discovery.error', answer);
  provider.on('jwks.error', answer);
  provider.on('server_error', (ctx, error) => {
    if (!forBrowsers.has(ctx.oidc?.route ?? '')) answer(ctx, error);
    else log.error({ tenantId, err: error }, 'Somebody could not be signed in');
  });
  // What Koa calls when an answer cannot be sent, mostly because the client has gone.
  provider.onerror = (error) => log.warn({ err: error, tenantId }, 'An answer of the sign-in provider was not sent');
}
