import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@allot/store';

/**
 * Moments in the life of a change that is being settled, each with the row that is needed next: whoever settles waits there while
 * a test holds it, so that the test can kill at that very moment.
 */
export const moments = {
  'before anything is planned': 'select from allot.tenant for no key update',
  'after pointers have moved and before seats are counted': 'select from allot.product for update',
  'when only the commit is missing': 'select from allot.pending_group for update',
} as const;

export type Moment = keyof typeof moments;

export const allMoments: readonly Moment[] = [
  'before anything is planned',
  'after pointers have moved and before seats are counted',
  'when only the commit is missing',
];

export interface Held {
  /** Lets it go on; to be called also when the database is gone. */
  release(): Promise<void>;
}

/** Asks for a change and returns when the settling of it has come to this moment, where it then waits. */
export async function holdAt(
  database: Pick<Database, 'pool'>,
  moment: Moment,
  ask: () => Promise<unknown>,
): Promise<Held> {
  const start = await lock(database, 'before anything is planned');
  await ask();
  if (moment === 'before anything is planned') {
    await start.reached();
    return start;
  }
  const later = await lock(database, moment);
  await start.release();
  await later.reached();
  return later;
}

/** Takes row locks on a connection of its own. */
export async function lock(
  { pool }: Pick<Database, 'pool'>,
  moment: Moment,
): Promise<Held & { reached(): Promise<void> }> {
  const client = await pool.connect();
  await client.query('begin');
  await client.query(moments[moment]);
  return {
    reached: async () => {
      const waiting = 'select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))';
      while ((await client.query(waiting)).rows.length === 0) await sleep(10);
    },
    release: async () => {
      await client.query('rollback').catch(() => undefined);
      client.release(true);
    },
  };
}
