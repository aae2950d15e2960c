import type { RawBuilder } from 'kysely';

/** Something that is made wrong behind the back of the product. */
export interface Corruption {
  readonly title: string;
  readonly statements: readonly RawBuilder<unknown>[];
  /** What is found, by check: the ids of each difference. */
  readonly found: Readonly<Record<string, readonly object[]>>;
}

/** The number of a user, and an id, that nobody has. */
export const nobody = 999_999;
export const strange = '99999999-9999-4999-8999-999999999999';
