import type { Address } from './address.ts';

/** Microsoft Graph's application id and address, which unmodified clients ask for wherever they are pointed. */
const graphResources: readonly string[] = ['00000003-0000-0000-c000-000000000000', 'https://graph.microsoft.com'];

/** OpenID Connect scopes that some clients always add; they say nothing about the resource. */
const openIdScopes: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

/**
 * Which of the scopes asked for cannot be served, or undefined if all can. Served is `RESOURCE/.default`, where
 * RESOURCE is this installation or Graph; no scope at all means this installation. `requestHost`: the Host header.
 */
export function unknownScope(scope: string, address: Address, requestHost: string | undefined): string | undefined {
  const scopes = scope.split(' ').filter((part) => part !== '' && !openIdScopes.includes(part));
  return scopes.find((part) => {
    const resource = /^(.+?)\/+\.default$/.exec(part)?.[1];
    return resource === undefined || !isThisResource(resource, address, requestHost);
  });
}

/**
 * Does `resource` name this installation? By Graph's names, or by host: that of the configured address or the one
 * the request was sent to, with any port or none, since clients build it from parts of the address. Nothing hangs
 * on it: every token has the same audience.
 */
export function isThisResource(resource: string, address: Address, requestHost: string | undefined): boolean {
  if (graphResources.includes(resource.toLowerCase().replace(/\/+$/, ''))) return true;
  const url = URL.parse(resource);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  if (url.pathname !== '/' && url.pathname.replace(/\/+$/, '') !== address.path) return false;
  return url.hostname === address.hostname || url.hostname === hostnameOf(requestHost);
}

const hostnameOf = (host: string | undefined): string | undefined => URL.parse(`http://${host ?? ''}`)?.hostname;
