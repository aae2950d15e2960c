/** A private key that signs the tokens of one tenant, as a JSON Web Key with all private parts. */
export type SigningKey = {
  /** 1 for the first key of a tenant, one more for each that follows. */
  readonly generation: number;
  readonly kid: string;
  readonly privateJwk: Readonly<Record<string, unknown>>;
  /** Seconds since it may sign; negative: it is published, and will. */
  readonly signsForSeconds: number;
};
