import type { ApplicationCaller } from './caller.ts';
import { isPermission } from './permission-names.ts';
import type { Permission } from './permission-names.ts';

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

export type PersonOfToken = {
  readonly tenantId: string;
  readonly id: string;
  readonly displayName: string;
  readonly signInName: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly scopes: readonly string[];
  /** Ids of the roles that are not for chosen groups, as Entra has it. */
  readonly roleIds: readonly string[];
};

/**
 * The claims of a token that an application got in the name of a person. Names and roles are for the application to
 * read; what the person may do is looked up with each request.
 */
export function personClaimsOf(person: PersonOfToken) {
  return {
    tid: person.tenantId,
    oid: person.id,
    name: person.displayName,
    preferred_username: person.signInName,
    upn: person.signInName,
    appid: person.clientId,
    azp: person.clientId,
    app_displayname: person.clientName,
    idtyp: 'user',
    scp: person.scopes.join(' '),
    wids: person.roleIds,
    ver: '2.0',
  };
}

/** Who a verified token is about: an application with what it may do, or a person of whom more must be looked up. */
export type Bearer = ApplicationCaller | PersonBearer;

export type PersonBearer = {
  readonly kind: 'person';
  readonly tenantId: string;
  readonly id: string;
  readonly appId: string;
  readonly scopes: ReadonlySet<Permission>;
};

/** What claims of a verified token describe, or undefined if they describe nobody we know how to treat. */
export function bearerOf(claims: Readonly<Record<string, unknown>>): Bearer | undefined {
  const { tid, oid, appid, azp, idtyp, roles, scp, app_displayname: displayName } = claims;
  if (typeof tid !== 'string' || typeof appid !== 'string' || typeof displayName !== 'string') return undefined;
  if (azp !== appid) return undefined;
  if (idtyp === 'app' && Array.isArray(roles)) {
    return { kind: 'application', tenantId: tid, appId: appid, displayName, permissions: permissionsIn(roles) };
  }
  if (idtyp === 'user' && typeof scp === 'string' && typeof oid === 'string' && claims['sub'] === oid) {
    return { kind: 'person', tenantId: tid, id: oid, appId: appid, scopes: permissionsIn(scp.split(' ')) };
  }
  return undefined;
}

const permissionsIn = (names: readonly unknown[]): ReadonlySet<Permission> =>
  new Set(names.filter((name) => typeof name === 'string').filter(isPermission));
