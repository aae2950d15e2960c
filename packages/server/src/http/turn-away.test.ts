import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { createApp } from './create-app.ts';
import { defaultLimits } from './limits.ts';

/** Nothing else happens in this process for so long. */
const block = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

async function statusAfterBlocking(t: { after: (stop: () => Promise<void>) => void }, lateMsMax: number) {
  const log = pino({ level: 'silent' });
  const app = createApp({ log, limits: { ...defaultLimits, eventLoopDelayMsMax: lateMsMax }, isReady: () => true });
  t.after(() => app.close());
  await app.ready();
  const before = await app.inject('/health');
  block(1200);
  // The look that finds how late it is has just to be taken.
  await sleep(0);
  const after = await app.inject('/health');
  return { statuses: [before.statusCode, after.statusCode], after };
}

test('after the event loop was later than the limit, requests are told to come again, and nothing was changed', async (t) => {
  const { statuses, after } = await statusAfterBlocking(t, 100);
  assert.deepEqual(statuses, [200, 503]);
  assert.equal(after.headers['retry-after'], '5');
  assert.match(after.body, /The server is busy\. Nothing was changed\./);
});

test('an event loop that was late within the limit turns nobody away', async (t) => {
  assert.deepEqual((await statusAfterBlocking(t, 60_000)).statuses, [200, 200]);
});
