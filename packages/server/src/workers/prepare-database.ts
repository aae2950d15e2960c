import { type Database, type Log, migrate, warnOfExemption } from '@allot/store';
import { runMigrations } from 'graphile-worker';
import { workerLogger } from './worker-log.ts';

/** Brings the schema of Allot and that of the job queue up to date. Safe when several servers start at once. */
export async function prepareDatabase({ db, pool }: Database, log: Log): Promise<void> {
  await warnOfExemption(db, log);
  await migrate(db, log);
  await runMigrations({ pgPool: pool, logger: workerLogger(log) });
}
