import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

import type { Account } from './account.ts';

/**
 * Starts a program of PostgreSQL inside `directory`, as `account`.
 *
 * The child enters the directory while it is still us and becomes the account afterwards. So a directory below one
 * that the account may not pass (a data directory in root's home) works, if it is named by `insideDirectory`.
 */
export function spawnAs(
  account: Account | undefined,
  program: string,
  parameters: readonly string[],
  directory: string,
  options: Pick<SpawnOptions, 'detached' | 'stdio'>,
): ChildProcess {
  return spawn(program, parameters, {
    ...options,
    ...account,
    cwd: directory,
    // Nothing of ours: PGDATA, PGOPTIONS, LD_LIBRARY_PATH and their like would change what PostgreSQL does.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  });
}

/**
 * How a program started by `spawnAs` is to be told its directory. As another account by way of /proc: that link
 * leads to the directory itself and not along its path, no part of which the account needs to be able to pass.
 */
export function insideDirectory(account: Account | undefined, directory: string): string {
  return account !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : directory;
}

export type Finished = {
  /** `undefined` when it did not even start or was killed. */
  readonly status: number | undefined;
  readonly output: string;
};

/** Runs a program to its end. Never throws; what kept it from starting is in the output. */
export async function runAs(
  account: Account | undefined,
  program: string,
  parameters: readonly string[],
  directory: string,
): Promise<Finished> {
  let output = '';
  try {
    const child = spawnAs(account, program, parameters, directory, { stdio: ['ignore', 'pipe', 'pipe'] });
    const collect = (part: Buffer): void => {
      output = (output + part.toString()).slice(-outputLengthMax);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    // `as`: a child's close event carries its status or, when a signal ended it, null.
    const [status] = (await once(child, 'close')) as [number | null];
    return { status: status ?? undefined, output };
  } catch (error) {
    return { status: undefined, output: `${output}${error instanceof Error ? error.message : String(error)}` };
  }
}

/** What is kept of a program's output, in characters: its end, where the errors are. */
const outputLengthMax = 16_384;
