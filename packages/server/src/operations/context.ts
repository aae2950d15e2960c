import type { Kysely } from 'kysely';

/** Who makes a change, as the audit log names it. */
export interface Actor {
  readonly kind: 'app' | 'user';
  readonly id: string;
  readonly displayName: string;
  /** Of a user. */
  readonly userPrincipalName?: string;
}

/** What every operation gets: the database, the tenant whose caller was verified, and who it is. */
export interface Context {
  readonly db: Kysely<unknown>;
  readonly tenantId: string;
  readonly actor: Actor;
  /** Ties everything one request or run does together in the audit log. */
  readonly correlationId: string;
}
