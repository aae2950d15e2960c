import { type Handle, findJobHolders, lockLiveness, type Log, releaseHolders } from '@allot/store';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

/** How long until a lost connection is taken up again. */
const RETRY_MS = 500;

export interface Liveness {
  end(): Promise<void>;
}

/**
 * Shows other processes that the holder of jobs lives: an advisory lock on a connection of its own, which PostgreSQL gives
 * up the moment the process dies. (The job queue by itself waits four hours before it hands out a dead worker's job.)
 */
export function keepAlive(pool: pg.Pool, holder: string, log: Log): Liveness {
  const stop = new AbortController();
  const running = (async () => {
    while (!stop.signal.aborted) {
      try {
        await holdUntilLost(pool, holder, stop.signal);
      } catch (error) {
        if (!stop.signal.aborted)
          log.warn({ error }, 'The connection that shows this worker alive was lost; taking it up again.');
      }
      if (!stop.signal.aborted) await sleep(RETRY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();
  return {
    end: async () => {
      stop.abort();
      await running;
    },
  };
}

async function holdUntilLost(pool: pg.Pool, holder: string, signal: AbortSignal): Promise<void> {
  const client = await pool.connect();
  const lost = new Promise<Error | undefined>((resolve) => {
    client.once('error', resolve);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    if (signal.aborted) resolve(undefined);
  });
  try {
    await lockLiveness(client, holder);
    await lost;
  } finally {
    // Closing the connection gives up the lock.
    client.release(true);
  }
}

/** Hands out again the jobs of processes that died. */
export async function releaseDeadWorkers(db: Handle, log: Log): Promise<void> {
  const dead = (await findJobHolders(db)).filter(({ alive }) => !alive).map(({ holder }) => holder);
  if (!dead.length) return;
  await releaseHolders(db, dead);
  log.warn({ dead }, 'Took over the work of processes that ended without finishing it.');
}
