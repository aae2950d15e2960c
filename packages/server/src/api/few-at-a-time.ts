import { ApiError } from '@allot/contract';

/** Imports of one process at a time: each has memory, and a connection, for as long as its file takes to arrive. */
const IMPORTS_MAX = 2;
const RETRY_SECONDS = 10;

let running = 0;

/** Runs an import unless IMPORTS_MAX are under way. @throws ApiError 429 */
export async function fewAtATime<T>(run: () => Promise<T>): Promise<T> {
  if (running >= IMPORTS_MAX) throw tooMany();
  running += 1;
  try {
    return await run();
  } finally {
    running -= 1;
  }
}

const tooMany = () =>
  new ApiError(429, 'TooManyRequests', 'Other imports are under way.', {
    advice: 'Send the file again when they are done.',
    headers: { 'retry-after': String(RETRY_SECONDS) },
  });
