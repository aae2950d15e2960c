import type { Caller } from './caller.ts';
import type { Permission } from './permission-names.ts';
import { roles } from './roles.ts';

/** 401: the request carries no token that can be believed. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly statusCode = 401;
  /** The code of Graph's error body. */
  readonly code = 'InvalidAuthenticationToken';
  /** Response headers: the challenge that tells a client where to get a token. */
  readonly headers: Readonly<Record<'www-authenticate', string>>;

  constructor(message: string, challenge: string) {
    super(message);
    this.headers = { 'www-authenticate': challenge };
  }
}

/** 403: the token is good, and the caller may not do this. */
export class PrivilegesInsufficient extends Error {
  override readonly name = 'PrivilegesInsufficient';
  readonly statusCode = 403;
  /** The code of Graph's error body. */
  readonly code = 'Authorization_RequestDenied';
  /** What would do, least privileged first; belongs in `details` of the body, since clients match on the message. */
  readonly anyOf: readonly Permission[];
  readonly hint: string;

  constructor(caller: Caller, anyOf: readonly Permission[], missing: 'application' | 'person' = 'application') {
    super('Insufficient privileges to complete the operation.');
    this.anyOf = anyOf;
    this.hint = missing === 'application' ? applicationHint(caller, anyOf) : personHint(caller, anyOf);
  }
}

function applicationHint(caller: Caller, anyOf: readonly Permission[]): string {
  const name = caller.kind === 'application' ? `'${caller.displayName}' (${caller.appId})` : `(${caller.appId})`;
  const what = caller.kind === 'application' ? 'permissions' : 'delegated permissions, ask for it as a scope,';
  return `Give the application ${name} one of these ${what} and get a new token: ${anyOf.join(', ')}.`;
}

function personHint(caller: Caller, anyOf: readonly Permission[]): string {
  const opening = roles.filter(({ permissions }) => anyOf.some((permission) => permissions.has(permission)));
  const names = opening.map(({ displayName }) => displayName).join(', ');
  return (
    `Ask a Global Administrator to give ${caller.displayName} one of these roles, for all groups or for this one: ` +
    `${names}. It counts from the next request on.`
  );
}
