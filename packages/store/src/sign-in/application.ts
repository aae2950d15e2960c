/** An application that may call, as stored: a row of allot.application. */
export type Application = {
  readonly tenantId: string;
  readonly clientId: string;
  readonly displayName: string;
  /** The hash of its secret with salt and parameters, never the secret; null: it has none. */
  readonly secretHash: string | null;
  /** Names of Graph permissions, not checked by the store. */
  readonly permissions: readonly string[];
  /** A program on somebody's own machine, which can keep no secret. */
  readonly publicClient: boolean;
  readonly redirectUris: readonly string[];
  /** What it may ask for in the name of a person. */
  readonly delegatedPermissions: readonly string[];
};

/** What the application signs its assertions with. */
export type ApplicationCertificate = {
  /** SHA-256 of the certificate, in base64url. */
  readonly thumbprint: string;
  readonly displayName: string;
  readonly publicJwk: Readonly<Record<string, unknown>>;
  readonly startsAt: Date;
  readonly expiresAt: Date;
};
