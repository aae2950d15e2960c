import { ApiError } from '@allot/contract';

/**
 * Runs what is costly unless `max` of its kind are under way in this process.
 * @param refusal what a caller is told instead, with the seconds after which to try again
 * @throws ApiError 429
 */
export function atMost(
  max: number,
  refusal: { readonly message: string; readonly advice: string; readonly retrySeconds: number },
): <T>(run: () => Promise<T>) => Promise<T> {
  let running = 0;
  return async (run) => {
    if (running >= max) {
      const { message, advice, retrySeconds } = refusal;
      throw new ApiError(429, 'TooManyRequests', message, { advice, headers: { 'retry-after': String(retrySeconds) } });
    }
    running += 1;
    try {
      return await run();
    } finally {
      running -= 1;
    }
  };
}
