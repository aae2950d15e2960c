import { ApiError } from '@allot/contract';
import type { FastifyInstance } from 'fastify';

/** How often the event loop is looked at. */
const LOOK_MS = 500;

/**
 * Turns requests away for a moment after the event loop was later than this: they would only be answered later and later.
 *
 * @fastify/under-pressure did this before. It takes a second in which it has measured nothing for one that never ended, and so turned
 * requests away on machines that were merely slow to give us a processor.
 */
export function turnAwayWhenLate(app: FastifyInstance, lateMsMax: number): void {
  let isLate = false;
  let lookedAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    isLate = now - lookedAt - LOOK_MS > lateMsMax;
    lookedAt = now;
  }, LOOK_MS);
  // Whoever stops the server need not wait for it.
  timer.unref();
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    done();
  });
  app.addHook('onRequest', (_request, _reply, done) => (isLate ? done(busy()) : done()));
}

const busy = (): ApiError =>
  new ApiError(503, 'ServiceUnavailable', 'The server is busy. Nothing was changed.', {
    advice: 'Send the request again in a few seconds.',
    headers: { 'retry-after': '5' },
  });
