import { errors } from 'oidc-provider';

import type { Address } from './address.ts';
import { applicationPermissions, delegatedOnlyPermissions, permissionNamed } from './permission-names.ts';
import { isThisResource } from './requested-resource.ts';

/** OpenID Connect's own scopes. */
const openIdScopes: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

/** "Whatever this application may ask for." */
const defaultScope = '.default';

/** Every scope that this installation knows, as the provider takes them. */
export const resourceScopes: readonly string[] = [...applicationPermissions, ...delegatedOnlyPermissions, defaultScope];

/**
 * The scopes of a request in the name of a person without the resource before them and in the case of our list:
 * `https://graph.microsoft.com/user.read` is `User.Read`. What is none of ours stays as it is, to be refused by name.
 */
export function plainScopes(scope: string, address: Address, requestHost: string | undefined): string {
  const plain = scope.split(' ').flatMap((part) => {
    if (part === '' || openIdScopes.includes(part)) return part;
    const [, resource, name = part] = /^(.+?)\/+([^/]+)$/.exec(part) ?? [];
    if (resource !== undefined && !isThisResource(resource, address, requestHost)) return part;
    return name === defaultScope ? name : (permissionNamed(name) ?? part);
  });
  return [...new Set(plain)].join(' ').trim();
}

/** Throws `invalid_scope` for what is not known here, or not given to the application that asks. */
export function refuseForeignScopes(scope: string, clientName: string, given: readonly string[]): void {
  const asked = scope.split(' ').filter((part) => part !== '' && part !== defaultScope && !openIdScopes.includes(part));
  const unknown = asked.find((part) => !resourceScopes.includes(part));
  if (unknown !== undefined) {
    throw new errors.InvalidScope(
      `The scope '${unknown}' is not valid. Ask for '${defaultScope}' of this installation, or for permissions by name.`,
      unknown,
    );
  }
  const refused = asked.find((part) => !given.includes(part));
  if (refused !== undefined) {
    throw new errors.InvalidScope(
      `The application '${clientName}' may not ask for '${refused}'. Give it that delegated permission first.`,
      refused,
    );
  }
}

/** The permissions that a token gets: what was granted, `.default` being whatever the application was given. */
export function scopesOfToken(granted: string, given: readonly string[]): readonly string[] {
  const names = new Set(granted.split(' '));
  return names.has(defaultScope) ? given : given.filter((name) => names.has(name));
}
