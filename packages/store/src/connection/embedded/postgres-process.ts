import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';

import type { Log } from '../log.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { DatabaseStartError } from '../start-error.ts';
import { explainFailure } from './cluster.ts';
import type { DataDirectory } from './data-directory.ts';
import { stopProcess } from './leftovers.ts';
import { insideDirectory, spawnAs } from './run-as.ts';

/** A running PostgreSQL that accepts connections. */
export type PostgresProcess = {
  readonly pid: number;
  /** Resolves when it has ended, whoever ended it, with how. */
  readonly ended: Promise<string>;
  /** Ends it in order; open transactions are rolled back. Resolves when it has ended. */
  stop(): Promise<void>;
};

export type LaunchOptions = {
  readonly data: DataDirectory;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  /** Address of the maintenance database, to see when it is ready. */
  readonly maintenanceUrl: string;
  readonly log: Log;
};

/**
 * Starts PostgreSQL on a prepared cluster and waits until it accepts connections. After a crash that is when it has
 * replayed its log, which may take minutes.
 *
 * @throws DatabaseStartError when it ends instead, with its last words
 */
export async function launchPostgres(options: LaunchOptions): Promise<PostgresProcess> {
  const deadline = Date.now() + leftoversMsMax;
  for (;;) {
    const outcome = await launchOnce(options);
    if (!(outcome instanceof Error)) return outcome;
    // Its children notice within moments that their parent was killed, and until they have ended it refuses to start.
    if (!outcome.message.includes('pre-existing shared memory block') || Date.now() > deadline) throw outcome;
    await sleep(leftoversPollMs);
  }
}

/** How long to wait for the remaining processes of a PostgreSQL that was killed with SIGKILL. */
const leftoversMsMax = 30_000;
const leftoversPollMs = 200;

async function launchOnce(options: LaunchOptions): Promise<PostgresProcess | DatabaseStartError> {
  const { data, account, binaries, log } = options;
  const child = spawnAs(account, binaries.postgres, ['-D', insideDirectory(account, data.cluster)], data.cluster, {
    // A session of its own: Ctrl-C in our terminal reaches us only, and we stop it after the last statement.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lastLines = forwardLog(child, log);
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (status, signal) => resolve(signal === null ? `status ${status}` : `signal ${signal}`));
  });
  // Should this process end without stop(), by an error that nobody caught for example.
  const endWithUs = (): void => {
    child.kill('SIGINT');
  };
  process.on('exit', endWithUs);
  void ended.then(() => process.off('exit', endWithUs));

  const how = await Promise.race([ended, waitUntilReady(options, ended)]);
  if (how !== undefined || child.pid === undefined) {
    return explainFailure([...lastLines, how ?? ''].join('\n'), data.root, 'PostgreSQL ended while starting');
  }
  const pid = child.pid;
  return {
    pid,
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) await stopProcess(pid);
      await ended;
    },
  };
}

const readyPollMsMin = 20;
const readyPollMsMax = 500;
const reportEveryMs = 10_000;
const lastLinesMax = 20;

async function waitUntilReady({ maintenanceUrl, log }: LaunchOptions, ended: Promise<string>): Promise<undefined> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  let reportAt = Date.now() + reportEveryMs;
  for (let pauseMs = readyPollMsMin; !over; pauseMs = Math.min(pauseMs * 1.2, readyPollMsMax)) {
    if (await acceptsConnections(maintenanceUrl)) return undefined;
    if (Date.now() > reportAt) {
      log.info({}, 'PostgreSQL is still starting; after a crash this may take minutes');
      reportAt += reportEveryMs;
    }
    await sleep(pauseMs);
  }
  return undefined;
}

async function acceptsConnections(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false; // whatever keeps it from starting it says itself, and ends
  } finally {
    await client.end().catch(() => undefined);
  }
}

function forwardLog(child: ChildProcess, log: Log): readonly string[] {
  const lastLines: string[] = [];
  if (child.stderr === null) return lastLines;
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastLines.push(line);
    if (lastLines.length > lastLinesMax) lastLines.shift();
    const level = /^(?:PANIC|FATAL|WARNING)/.exec(line)?.[0];
    if (level === 'PANIC') log.error({ line }, 'PostgreSQL reports a failure');
    else if (level !== undefined && !expected.test(line)) log.warn({ line }, 'PostgreSQL reports');
    else log.debug({ line }, 'PostgreSQL reports');
  });
  return lastLines;
}

/** What it says of connections that come too early, stay too long or want what is not there: they are told themselves. */
const expected =
  /the database system is (?:starting up|shutting down|not yet accepting connections)|terminating connection due to administrator command|does not exist|permission denied to vacuum/;
