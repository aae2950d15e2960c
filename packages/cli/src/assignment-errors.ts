interface MayFail {
  readonly error: string | null;
}

/** Graph's documents say null when all is well, its servers `None`. */
export const errorOf = ({ error }: MayFail): string | null => (error === 'None' ? null : error);
