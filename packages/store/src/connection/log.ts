/**
 * Where the store reports what it does; a pino logger fits.
 * Details come first, then one sentence for the operator.
 */
export type Log = {
  readonly debug: (details: object, message: string) => void;
  readonly info: (details: object, message: string) => void;
  readonly warn: (details: object, message: string) => void;
  readonly error: (details: object, message: string) => void;
};
