import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Log } from '../log.ts';
import { DatabaseStartError } from '../start-error.ts';
import type { DataDirectory } from './data-directory.ts';
import { processStart } from './process-identity.ts';

/**
 * Stops a PostgreSQL that outlived the Allot process which started it (killed with SIGKILL, or by the machine running
 * out of memory), and removes what a PostgreSQL that was killed itself left. To be called by the owner of the data
 * directory only, while it runs none: to anybody else it would not be an orphan.
 *
 * @throws DatabaseStartError `inUse` when one serves the directory that cannot be seen from here
 */
export async function clearLeftovers(data: DataDirectory, log: Log): Promise<void> {
  const pidFile = join(data.cluster, 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (Number.isInteger(pid) && pid > 1 && (await serves(pid, data))) {
    log.warn({ pid }, 'PostgreSQL was left running by a process that was killed; stopping it');
    await stopProcess(pid);
  }
  if (await answers(join(data.sockets, '.s.PGSQL.5432'))) {
    throw new DatabaseStartError(
      'inUse',
      `A PostgreSQL that cannot be seen from here (in another container?) serves the data directory ${data.root}. Stop it first, or name another data directory.`,
    );
  }
  // Leftovers of a crash. In a container the pid in them is soon that of something else, or of a zombie that nobody
  // collects; PostgreSQL would take either for another PostgreSQL and refuse to start.
  await rm(pidFile, { force: true });
  for (const file of await readdir(data.sockets).catch(() => [])) await rm(join(data.sockets, file), { force: true });
}

/** How long PostgreSQL may take to write everything and end, before it is told to end at once and recover later. */
const fastShutdownMsMax = 60_000;

/** Ends a postmaster: a fast shutdown, and if that takes too long an immediate one, from which the next start recovers. */
export async function stopProcess(pid: number): Promise<void> {
  const start = await processStart(pid);
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    const deadline = Date.now() + fastShutdownMsMax;
    send(pid, signal);
    while (Date.now() < deadline) {
      if ((await processStart(pid)) !== start) return;
      await sleep(20);
    }
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Whether this process is the PostgreSQL of this cluster, rather than something that was given the same pid later. */
async function serves(pid: number, data: DataDirectory): Promise<boolean> {
  if ((await processStart(pid)) === undefined) return false;
  if (process.platform !== 'linux') return answers(join(data.sockets, '.s.PGSQL.5432'));
  const directory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return directory === data.cluster;
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket);
    probe.on('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', () => resolve(false));
  });
}
