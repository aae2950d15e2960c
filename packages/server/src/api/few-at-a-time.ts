import { atMost } from './at-most.ts';

/** Imports of one process at a time: each has memory, and a connection, for as long as its file takes to arrive. */
const IMPORTS_MAX = 2;

/** Runs an import unless IMPORTS_MAX are under way. @throws ApiError 429 */
export const fewAtATime = atMost(IMPORTS_MAX, {
  message: 'Other imports are under way.',
  advice: 'Send the file again when they are done.',
  retrySeconds: 10,
});
