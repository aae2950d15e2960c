import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** The pid of the PostgreSQL that serves a data directory, by its own pid file. */
export async function postgresPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** What `ps` says of a process: '' when there is none; what is dead and not yet collected counts as none. */
export async function describeProcess(pid: number, format: string): Promise<string> {
  const answer = await promisify(execFile)('ps', ['-o', `stat=,${format}=`, '-p', String(pid)]).catch(() => undefined);
  const [state, ...rest] = (answer?.stdout ?? '').trim().split(/\s+/);
  return state === undefined || state.startsWith('Z') ? '' : rest.join(' ');
}

export async function isRunning(pid: number): Promise<boolean> {
  return (await describeProcess(pid, 'pid')) !== '';
}

/** Waits until something holds; what it waits for takes as long as the machine needs. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20);
}
