import type { Address } from './address.ts';
import type { TokenError } from './token-error.ts';

/**
 * Answers the question that MSAL asks about an authority it does not know: which tenant document belongs to this
 * authorization endpoint, and under which names is its host known? Ours is known under one.
 */
export function describeInstance(address: Address, authorizationEndpoint: unknown) {
  const url = typeof authorizationEndpoint === 'string' ? URL.parse(authorizationEndpoint) : null;
  const tenant = url?.pathname.slice(address.path.length).split('/')[1];
  if (url?.host !== address.host || tenant === undefined || tenant === '') return invalidInstance(address);
  const names = [address.host];
  return {
    tenant_discovery_endpoint: `${address.base}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: address.host, preferred_cache: address.host, aliases: names }],
  };
}

const invalidInstance = ({ base }: Address): TokenError => ({
  status: 400,
  error: 'invalid_instance',
  code: 50049,
  sentence: `Unknown or invalid instance. Ask with authorization_endpoint=${base}/{tenant}/oauth2/v2.0/authorize.`,
});
