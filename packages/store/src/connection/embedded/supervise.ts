import { setTimeout as sleep } from 'node:timers/promises';

import type { Log } from '../log.ts';
import type { PostgresProcess } from './postgres-process.ts';

/** Keeps a PostgreSQL running until it is stopped. */
export type Supervised = { stop(): Promise<void> };

/**
 * Starts PostgreSQL, and starts it again whenever it ends without having been told to (killed for want of memory, for
 * example). Meanwhile statements fail as they do while any server is away.
 *
 * @throws what the first launch throws; later failures are logged and tried again
 */
export async function supervise(launch: () => Promise<PostgresProcess>, log: Log): Promise<Supervised> {
  let current = await launch();
  const stopping = new AbortController();
  const watch = async (): Promise<void> => {
    let pauseMs = pauseMsMin;
    let since = Date.now();
    for (;;) {
      const how = await current.ended;
      if (stopping.signal.aborted) return;
      // One that keeps ending soon after its start is not started over and over without a pause.
      pauseMs = Date.now() - since > pauseMsMax ? pauseMsMin : Math.min(pauseMs * 2, pauseMsMax);
      log.error({ how, pauseMs }, 'PostgreSQL ended unexpectedly; starting it again');
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      since = Date.now();
      const next = await launch().catch((error: unknown) => {
        log.error({ error: String(error) }, 'PostgreSQL could not be started again');
      });
      if (next === undefined) continue;
      current = next;
      log.info({ pid: current.pid }, 'PostgreSQL runs again');
      if (stopping.signal.aborted) await current.stop();
    }
  };
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await current.stop();
      await watching;
    },
  };
}

const pauseMsMin = 100;
const pauseMsMax = 30_000;
