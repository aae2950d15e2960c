import { isPermission } from './permission-names.ts';
import type { Caller } from './caller.ts';

/** How long an access token is good for. Entra says one second less than an hour, and clients know the number. */
export const tokenLifetimeSeconds = 3599;

/** The type in the header of access tokens (RFC 9068); no other token that our keys sign has it. */
export const accessTokenType = 'at+jwt';

export type ApplicationOfToken = {
  readonly tenantId: string;
  readonly clientId: string;
  readonly displayName: string;
  readonly permissions: readonly string[];
};

/** The claims that say who an application is, in Entra's words. The provider adds iss, sub, aud, iat, exp and jti. */
export function claimsOf({ tenantId, clientId, displayName, permissions }: ApplicationOfToken) {
  return {
    tid: tenantId,
    oid: clientId,
    appid: clientId,
    azp: clientId,
    app_displayname: displayName,
    idtyp: 'app',
    roles: permissions,
    ver: '2.0',
  };
}

/** The caller that claims of a verified token describe, or undefined if they describe nobody we know how to treat. */
export function callerOf(claims: Readonly<Record<string, unknown>>): Caller | undefined {
  const { tid, appid, azp, idtyp, roles, app_displayname: displayName } = claims;
  if (typeof tid !== 'string' || typeof appid !== 'string' || typeof displayName !== 'string') return undefined;
  if (azp !== appid || idtyp !== 'app' || !Array.isArray(roles)) return undefined;
  const names: readonly unknown[] = roles;
  const permissions = names.filter((name) => typeof name === 'string').filter(isPermission);
  return { kind: 'application', tenantId: tid, appId: appid, displayName, permissions: new Set(permissions) };
}
