import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Database,
  forTenant,
  isTenantGone,
  type Log,
  noteRulesDue,
  removeOldAuditTask,
  removeOldChanges,
  rulesTask,
  selectTenantIds,
  subscriptionTask,
  wakeStalled,
} from '@allot/store';
import { run, type TaskList, type WorkerEvents } from 'graphile-worker';
import { removeOldAudits } from '../operations/audit/remove-old-audits.ts';
import type { Actor, Context } from '../operations/context.ts';
import { inTransaction } from '../operations/directory/in-transaction.ts';
import { purgeDeleted, retentionActor } from '../operations/directory/purge-deleted.ts';
import { mergeEqualCohorts } from '../operations/licensing/merge-equal-cohorts.ts';
import { groupLicensingActor, settlePending } from '../operations/licensing/settle-pending.ts';
import { removeExpiredSignIns } from '../operations/people/remove-expired-sign-ins.ts';
import { lifeCycleActor } from '../operations/subscriptions/keep-time.ts';
import { moveSubscriptions } from '../operations/subscriptions/move-subscriptions.ts';
import type { Outgoing } from '../outgoing/outgoing.ts';
import { keepAlive, type Liveness, releaseDeadWorkers } from './liveness.ts';
import { startNotifier } from './notify.ts';
import { workerLogger } from './worker-log.ts';

/** Jobs that one process works on at a time. A tenant's jobs run one after the other, so this is tenants at a time. */
const CONCURRENCY = 2;
/** A safety net: jobs are announced by NOTIFY; a lost announcement costs this much. */
const POLL_INTERVAL_MS = 1000;
/** How soon the work of a process that died is taken over. */
const RECOVERY_INTERVAL_MS = 2000;
/** Work that failed (a full disk, a database that went away) is tried again within this time. The job queue alone waits for hours. */
const RETRY_MS_MAX = 10_000;
/** How long until a runner that gave up is replaced. */
const RESTART_MS = 500;
/** How long a runner that could not write how its jobs ended may take to end itself. */
const BROKEN_MS_MAX = 5000;

export interface Workers {
  /** Finishes what is under way and stops. */
  stop(): Promise<void>;
}

/** Works on background jobs in this process until stopped. Any number of processes may do so on one database. */
export async function runWorkers(database: Database, log: Log, outgoing: Outgoing): Promise<Workers> {
  await recover(database, log);
  let current = await startRunner(database, log);
  const stopping = new AbortController();
  const watch = async () => {
    while (!stopping.signal.aborted) {
      await current.ended;
      if (stopping.signal.aborted) return;
      log.warn({}, 'The background workers lost the database; starting them again.');
      await sleep(RESTART_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      current = await startRunner(database, log).catch((error: unknown) => {
        log.warn({ error }, 'The background workers could not be started; trying again.');
        return notRunning;
      });
    }
  };
  const watching = watch();
  const recovery = setInterval(() => {
    recover(database, log).catch((error: unknown) =>
      log.warn({ error }, 'Could not look for work that was left behind.'),
    );
  }, RECOVERY_INTERVAL_MS);
  const notifier = startNotifier(database.db, outgoing, log);
  return {
    stop: async () => {
      clearInterval(recovery);
      stopping.abort();
      await current.stop();
      await watching;
      await notifier.stop();
      // One that was being started when we were told to stop.
      await current.stop();
    },
  };
}

/** What no process works on although somebody should: the jobs of the dead, and what failed too often. */
async function recover({ db }: Database, log: Log): Promise<void> {
  await releaseDeadWorkers(db, log);
  await wakeStalled(db, RETRY_MS_MAX);
}

/** A runner of the job queue. */
interface RunnerUnderWatch {
  /** Resolves when it has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Finishes what is under way and ends. Safe to call again. */
  stop(): Promise<void>;
}

const notRunning: RunnerUnderWatch = { ended: Promise.resolve(), stop: async () => undefined };

async function startRunner({ db, pool }: Database, log: Log): Promise<RunnerUnderWatch> {
  let liveness: Liveness | undefined;
  const events: WorkerEvents = new EventEmitter();
  let running = true;
  const forced = Promise.withResolvers<undefined>();
  events.on('pool:create', ({ workerPool }) => {
    liveness = keepAlive(pool, workerPool.id, log);
  });
  // Two batches of ended jobs that fail at one time are counted wrongly by the job queue, which then waits for ever to have
  // written them (graphile-worker 0.18.0).
  events.on('pool:fatalError', ({ workerPool }) => {
    setTimeout(() => {
      if (!running) return;
      Promise.resolve(workerPool.forcefulShutdown('The database went away.'))
        .catch((error: unknown) => log.debug({ error }, 'The background workers were ended by force.'))
        .finally(() => forced.resolve(undefined));
    }, BROKEN_MS_MAX).unref();
  });
  const runner = await run({
    pgPool: pool,
    taskList: tasksOf(db),
    crontab: schedule,
    noHandleSignals: true,
    logger: workerLogger(log),
    events,
    preset: {
      worker: {
        concurrentJobs: CONCURRENCY,
        pollInterval: POLL_INTERVAL_MS,
        // Not for speed: without batches a job whose end cannot be written, because the database went away meanwhile, ends the
        // process by a rejection that nobody handles. With them the runner ends in order, and we start another.
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
  });
  const ended = runner.promise
    .catch((error: unknown) => log.warn({ error }, 'The background workers ended with an error.'))
    .then(async () => {
      running = false;
      // Its jobs are free for others from here on.
      await liveness?.end();
    });
  return {
    ended,
    stop: async () => {
      if (running) {
        const stopped = runner
          .stop()
          .catch((error: unknown) => log.debug({ error }, 'The workers were ending already.'));
        await Promise.race([stopped, forced.promise]);
      }
      await ended;
    },
  };
}

/** Work that nobody's change asks for, every hour. Of several processes one does it; what was missed while no worker ran is made up for. */
const schedule = [
  `17 * * * * ${removeOldAuditTask}`,
  '27 * * * * forgetChanges',
  '37 * * * * removeExpiredSignIns',
  '7 * * * * purgeDeleted ?id=purge-deleted&fill=1d&jobKey=purge-deleted&max=5',
].join('\n');

/** A tenant that was deleted has no work; a job that found it so is done. */
const unlessGone = async (work: Promise<unknown>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    if (!isTenantGone(error)) throw error;
  }
};

const tasksOf = (db: Database['db']): TaskList => ({
  settle: (payload) => unlessGone(settle(contextOf(db, tenantOf(payload), groupLicensingActor))),
  [subscriptionTask]: (payload) => unlessGone(moveSubscriptions(contextOf(db, tenantOf(payload), lifeCycleActor))),
  [rulesTask]: (payload) => {
    const ctx = contextOf(db, tenantOf(payload), groupLicensingActor);
    return unlessGone(inTransaction(ctx, (trx) => noteRulesDue(trx, ctx.tenantId, randomUUID())));
  },
  [removeOldAuditTask]: () => removeOldAudits(db),
  forgetChanges: async () => {
    for (const tenantId of await selectTenantIds(db)) {
      const own = forTenant(db, tenantId);
      await unlessGone(untilDone(() => removeOldChanges(own, tenantId)));
    }
  },
  removeExpiredSignIns: () => removeExpiredSignIns(db),
  purgeDeleted: async () => {
    for (const tenantId of await selectTenantIds(db)) {
      await unlessGone(purgeDeleted(contextOf(db, tenantId, retentionActor)));
    }
  },
});

async function untilDone(isMore: () => Promise<boolean>): Promise<void> {
  while (await isMore());
}

async function settle(ctx: Context): Promise<void> {
  while (await settlePending(ctx));
  while (await mergeEqualCohorts(ctx));
}

const contextOf = (db: Database['db'], tenantId: string, actor: Actor): Context => ({
  db: forTenant(db, tenantId),
  tenantId,
  actor,
  correlationId: randomUUID(),
});

function tenantOf(payload: unknown): string {
  if (
    typeof payload === 'object' &&
    payload !== null &&
    'tenantId' in payload &&
    typeof payload.tenantId === 'string'
  ) {
    return payload.tenantId;
  }
  throw new Error('A job names no tenant.');
}
