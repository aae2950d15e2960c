/** Who may sign in, as `/allot/v1/accounts` and `/allot/v1/applications` answer it. Ids are UUIDs, instants ISO 8601. */

/** Somebody who may sign in. */
export interface Account {
  /** Object id; of a directory user the user's. */
  readonly id: string;
  readonly signInName: string;
  readonly displayName: string;
  /** Nobody's user in the directory. */
  readonly local: boolean;
  readonly enabled: boolean;
  /** Whether password and authenticator are set; otherwise a one-time link sets them. */
  readonly ready: boolean;
}

export interface AccountWithLink extends Account {
  /** Sets password and authenticator, once. */
  readonly link: string;
}

/** A program that may ask for tokens. */
export interface Application {
  /** Its client id. */
  readonly id: string;
  readonly displayName: string;
  /** What it may do in its own name. */
  readonly permissions: readonly string[];
  /** What it may ask for in the name of a person. */
  readonly delegatedPermissions: readonly string[];
  readonly publicClient: boolean;
  readonly redirectUris: readonly string[];
  readonly hasSecret: boolean;
  readonly certificates: readonly ApplicationCertificate[];
}

export interface ApplicationCertificate {
  /** SHA-256 of the certificate, in base64url. */
  readonly thumbprint: string;
  readonly displayName: string;
  readonly startDateTime: string;
  readonly endDateTime: string;
}

export interface ApplicationWithSecret extends Application {
  /** The only time it can be read. */
  readonly secret: string;
}

/** A role that a person has, as Graph's `unifiedRoleAssignment`. */
export interface RoleAssignment {
  readonly id: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  /** `/`: everywhere; `/{id}`: for one group. */
  readonly directoryScopeId: string;
}

/** A role that there is, as Graph's `unifiedRoleDefinition`. */
export interface RoleDefinition {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
}
