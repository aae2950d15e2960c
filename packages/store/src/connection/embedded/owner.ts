import { randomUUID } from 'node:crypto';
import { link, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Log } from '../log.ts';
import { DatabaseStartError } from '../start-error.ts';
import { pidPlace, processStart } from './process-identity.ts';

/** The right to use a data directory, held by one process at a time. */
export type Ownership = { release(): Promise<void> };

/**
 * Takes the data directory for this process, by a file that names it.
 *
 * An owner that is gone (killed, machine restarted) is recognized and replaced: by pid and start time where the pid
 * means something to us, otherwise (another container, another machine on a shared disk) by its file not being
 * touched any more, which takes a few seconds to see.
 *
 * @throws DatabaseStartError `inUse`, saying by whom
 */
export async function takeOwnership(ownerFile: string, log: Log): Promise<Ownership> {
  const ours = await describeOurselves();
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const other = await readOwner(ownerFile);
    if (other === undefined) {
      if (!(await createComplete(ownerFile, ours))) continue;
      // Two others may have been about to remove the same file of an owner that is gone, and have moved ours aside and
      // back, or not back when a third was faster. Once they have finished, the file names one of us.
      await sleep(settleMs);
      if ((await readOwner(ownerFile))?.id === ours.id) return ownership(ownerFile, ours, log);
      continue;
    }
    if (await isAlive(ownerFile, other, log)) throw inUse(ownerFile, other);
    log.info({ pid: other.pid, host: other.host }, 'The process that used the data directory before is gone');
    await removeOwner(ownerFile, other.id);
  }
  throw new DatabaseStartError('inUse', `Other processes keep taking ${ownerFile}. See what starts Allot there.`);
}

type Owner = {
  readonly id: string;
  readonly pid: number;
  readonly start: string;
  readonly place: string;
  readonly host: string;
  readonly since: string;
};

const attemptsMax = 5;
const settleMs = 50;
const heartbeatMs = 5_000;
/** An owner that has not touched its file for two beats and a bit is gone. */
const heartbeatPatienceMs = 12_000;

async function describeOurselves(): Promise<Owner> {
  return {
    id: randomUUID(),
    pid: process.pid,
    start: (await processStart(process.pid)) ?? '',
    place: await pidPlace(),
    host: hostname(),
    since: new Date().toISOString(),
  };
}

/** Creates the file with its content in one step: nobody ever reads half of it. False when it exists. */
async function createComplete(ownerFile: string, owner: Owner): Promise<boolean> {
  const draft = `${ownerFile}.${owner.id}`;
  try {
    await writeFile(draft, `${JSON.stringify(owner, null, 2)}\n`, { mode: 0o600 });
    await link(draft, ownerFile);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft).catch(() => undefined);
  }
}

async function readOwner(ownerFile: string): Promise<Owner | undefined> {
  const text = await readFile(ownerFile, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  let fields: Partial<Record<keyof Owner, unknown>>;
  try {
    // `as`: checked field by field below; a file cut off by a full disk or a crash reads as an owner long gone.
    fields = JSON.parse(text) as Partial<Record<keyof Owner, unknown>>;
  } catch {
    fields = {};
  }
  const word = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    id: word(fields.id),
    pid: typeof fields.pid === 'number' ? fields.pid : 0,
    start: word(fields.start),
    place: word(fields.place),
    host: word(fields.host),
    since: word(fields.since),
  };
}

async function isAlive(ownerFile: string, owner: Owner, log: Log): Promise<boolean> {
  if (owner.place === (await pidPlace())) return (await processStart(owner.pid)) === owner.start;
  const before = await lastTouched(ownerFile);
  log.info(
    { pid: owner.pid, host: owner.host, since: owner.since, waitMs: heartbeatPatienceMs },
    'The data directory was last used in another container or on another machine; waiting to see whether it still is',
  );
  await sleep(heartbeatPatienceMs);
  return (await lastTouched(ownerFile)) !== before;
}

async function lastTouched(ownerFile: string): Promise<number> {
  // Opening the file, rather than asking for its attributes, makes a network file system look again.
  await readFile(ownerFile).catch(() => undefined);
  return (await stat(ownerFile).catch(() => undefined))?.mtimeMs ?? 0;
}

/** Removes the file if it is still the one of `id`; two processes may both have seen that `id` is gone. */
async function removeOwner(ownerFile: string, id: string): Promise<void> {
  const aside = `${ownerFile}.${randomUUID()}`;
  try {
    await rename(ownerFile, aside);
  } catch {
    return; // the other one was faster
  }
  const moved = await readOwner(aside);
  if (moved !== undefined && moved.id !== id) await link(aside, ownerFile).catch(() => undefined);
  await unlink(aside).catch(() => undefined);
}

function ownership(ownerFile: string, ours: Owner, log: Log): Ownership {
  const beat = setInterval(() => {
    const now = new Date();
    utimes(ownerFile, now, now).catch((error: unknown) => {
      log.error({ error: String(error) }, 'The file that says who uses the data directory cannot be touched');
    });
  }, heartbeatMs);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      await removeOwner(ownerFile, ours.id);
    },
  };
}

function inUse(ownerFile: string, owner: Owner): DatabaseStartError {
  return new DatabaseStartError(
    'inUse',
    `The data directory is in use by another Allot process: pid ${owner.pid} on host ${owner.host}, since ${owner.since} (${ownerFile}). Stop that process first, or name another data directory.`,
  );
}
