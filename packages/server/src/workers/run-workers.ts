import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Database, Log } from '@allot/store';
import { run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import { mergeEqualCohorts } from '../operations/licensing/merge-equal-cohorts.ts';
import { groupLicensingActor, settlePending } from '../operations/licensing/settle-pending.ts';
import { keepAlive, type Liveness, releaseDeadWorkers } from './liveness.ts';
import { workerLogger } from './worker-log.ts';

/** Jobs that one process works on at a time. A tenant's jobs run one after the other, so this is tenants at a time. */
const CONCURRENCY = 2;
/** A safety net: jobs are announced by NOTIFY; a lost announcement costs this much. */
const POLL_INTERVAL_MS = 1000;
/** How soon the work of a process that died is taken over. */
const RECOVERY_INTERVAL_MS = 2000;

export interface Workers {
  /** Finishes what is under way and stops. */
  stop(): Promise<void>;
}

/** Works on background jobs in this process until stopped. Any number of processes may do so on one database. */
export async function runWorkers(database: Database, log: Log): Promise<Workers> {
  const { db, pool } = database;
  let liveness: Liveness | undefined;
  const tasks: TaskList = {
    settle: async (payload) => {
      const tenantId = tenantOf(payload);
      const ctx = { db, tenantId, actor: groupLicensingActor, correlationId: randomUUID() };
      while (await settlePending(ctx));
      while (await mergeEqualCohorts(ctx));
    },
  };
  await releaseDeadWorkers(db, log);
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => {
    liveness = keepAlive(pool, workerPool.id, log);
  });
  const runner: Runner = await run({
    pgPool: pool,
    taskList: tasks,
    concurrency: CONCURRENCY,
    pollInterval: POLL_INTERVAL_MS,
    noHandleSignals: true,
    logger: workerLogger(log),
    events,
  });
  const recovery = setInterval(() => {
    releaseDeadWorkers(db, log).catch((error: unknown) => log.warn({ error }, 'Could not look for dead workers.'));
  }, RECOVERY_INTERVAL_MS);
  return {
    stop: async () => {
      clearInterval(recovery);
      await runner.stop();
      await liveness?.end();
    },
  };
}

function tenantOf(payload: unknown): string {
  if (typeof payload === 'object' && payload !== null && 'tenantId' in payload && typeof payload.tenantId === 'string') {
    return payload.tenantId;
  }
  throw new Error('A settle job names no tenant.');
}
