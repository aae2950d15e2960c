import { type ApiError, badRequest } from '@allot/contract';

/** How deep a body may be nested. */
const bodyDepthMax = 32;

/**
 * Refuses what no text of the directory can hold: the character NUL, and halves of surrogate pairs. PostgreSQL would
 * refuse the first with an error of its own and we would change the second without a word.
 * @throws ApiError 400
 */
export function checkTexts(value: unknown, depth = 0): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) throw badText();
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth >= bodyDepthMax) {
    throw badRequest('The request body is nested too deeply.', `Nest objects and arrays at most ${bodyDepthMax} deep.`);
  }
  for (const [key, inner] of Object.entries(value)) {
    checkTexts(key, depth + 1);
    checkTexts(inner, depth + 1);
  }
}

const badText = (): ApiError =>
  badRequest(
    'The request body contains a character that is not allowed.',
    'Remove NUL characters and send valid Unicode.',
  );
