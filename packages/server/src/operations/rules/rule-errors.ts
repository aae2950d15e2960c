import { ApiError } from '@allot/contract';
import type { SaidOfRule } from '@allot/engine';

/** What is wrong with a rule, with its place in the text: offsets from 0. */
export interface PlacedFault extends SaidOfRule {
  readonly at: number;
  readonly end: number;
}

/** A text that is no rule. The place is in `details`, for editors; in words it is in the advice. */
export const invalidRule = ({ message, hint, at, end }: PlacedFault): ApiError =>
  new ApiError(400, 'Request_BadRequest', `${message}.`, {
    advice: `${hint} (membershipRule, character ${at + 1}.)`,
    refusal: 'InvalidRule',
    details: [{ target: `membershipRule[${at}:${end}]`, code: 'InvalidRule', message: hint }],
  });

/** The database gave up on a regular expression. */
export const patternTooMuch = (): ApiError =>
  new ApiError(
    400,
    'Request_BadRequest',
    'Query compilation error: the pattern after -match took too long, or asks for too much.',
    {
      advice: 'Simplify the pattern: fewer repeats inside repeats.',
      refusal: 'InvalidRule',
    },
  );
