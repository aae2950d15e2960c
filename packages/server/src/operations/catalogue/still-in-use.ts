import { ApiError, type ErrorDetail, type RefusalCode } from '@allot/contract';

/** Names that a refusal tells of one kind, or ids; of the others how many. */
const NAMED_MAX = 5;

/** Something that still needs what is to be deleted: its kind, and a sentence that says what, and what to do. */
export interface Use {
  readonly kind: string;
  readonly sentence: string;
}

/**
 * @param what such as "product TAILOR"
 * @throws ApiError 409 with everything that still uses it, unless there is nothing
 */
export function refuseIfUsed(what: string, refusal: RefusalCode, uses: readonly Use[]): void {
  if (uses.length === 0) return;
  throw new ApiError(
    409,
    'Conflict',
    `The ${what} cannot be deleted, because it is in use, or was. Nothing was changed.`,
    {
      refusal,
      advice: uses.map(({ sentence }) => sentence).join(' '),
      details: uses.map(({ kind, sentence }): ErrorDetail => ({ target: kind, code: refusal, message: sentence })),
    },
  );
}

/** Such as "A, B and 3 more". */
export const named = (names: readonly string[]): string =>
  names.slice(0, NAMED_MAX).join(', ') + (names.length > NAMED_MAX ? ` and ${names.length - NAMED_MAX} more` : '');

/** Such as "1 user", "2 users". */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
