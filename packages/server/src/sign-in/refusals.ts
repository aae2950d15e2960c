import type { Caller } from './caller.ts';
import type { Permission } from './permission-names.ts';

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

  constructor(caller: Caller, anyOf: readonly Permission[]) {
    super('Insufficient privileges to complete the operation.');
    this.anyOf = anyOf;
    this.hint =
      `Give the application '${caller.displayName}' (${caller.appId}) one of these permissions and get a new ` +
      `token: ${anyOf.join(', ')}.`;
  }
}
