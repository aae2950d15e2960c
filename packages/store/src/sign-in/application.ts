/** An application that may call, as stored: a row of allot.application. */
export type Application = {
  readonly tenantId: string;
  readonly clientId: string;
  readonly displayName: string;
  /** The hash of its secret with salt and parameters, never the secret. */
  readonly secretHash: string;
  /** Names of Graph permissions, not checked by the store. */
  readonly permissions: readonly string[];
};
