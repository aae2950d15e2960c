import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Log } from '../log.ts';
import { DatabaseStartError } from '../start-error.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { DataDirectory } from './data-directory.ts';
import { noSpace } from './file-error.ts';
import { insideDirectory, runAs } from './run-as.ts';
import { postgresSettings } from './settings.ts';

/** The database's superuser. Allot works as `serviceRole` (service-role.ts), since policies do not hold for superusers. */
export const superuser = 'allot';

/** Makes the directories that belong to PostgreSQL; nobody else may look into them. */
export async function prepareDirectories(data: DataDirectory, account: Account | undefined): Promise<void> {
  await makeDirectory(data.postgres, account);
  await makeDirectory(data.sockets, account);
}

/**
 * Makes the directory in which PostgreSQL keeps its data ready to be started: created the first time, with this
 * version's settings every time.
 *
 * @throws DatabaseStartError `otherVersion`, `noSpace`, `notRunnable`
 */
export async function prepareCluster(
  data: DataDirectory,
  account: Account | undefined,
  binaries: Binaries,
  log: Log,
): Promise<void> {
  const version = await readFile(join(data.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) await createCluster(data, account, binaries, log);
  else if (version.trim() !== binaries.major) throw otherVersion(data, version.trim(), binaries.major);
  await writeAs(account, join(data.cluster, 'postgresql.conf'), await postgresSettings(socketDirectory));
}

// Seen from the cluster, where PostgreSQL works: so the length of our own path does not matter to it.
const socketDirectory = '../run';

async function createCluster(
  data: DataDirectory,
  account: Account | undefined,
  binaries: Binaries,
  log: Log,
): Promise<void> {
  // Something without PG_VERSION is what a start that was killed left behind.
  await rm(data.clusterUnfinished, { recursive: true, force: true });
  await makeDirectory(data.clusterUnfinished, account);
  const { status, output } = await runAs(
    account,
    binaries.initdb,
    [
      `--pgdata=${insideDirectory(account, data.clusterUnfinished)}`,
      `--username=${superuser}`,
      '--encoding=UTF8',
      // Sorts and compares by code point, the same on every machine and in every version: indexes stay valid.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      // Whoever passes the 0700 directories around the socket is either us or root.
      '--auth-local=trust',
      '--auth-host=reject',
      '--no-instructions',
    ],
    data.clusterUnfinished,
  );
  if (status !== 0) throw explainFailure(output, data.root, 'A new database could not be made');
  await writeAs(
    account,
    join(data.clusterUnfinished, 'local.conf'),
    '# Settings of yours; they win over those in postgresql.conf.\n',
  );
  await rename(data.clusterUnfinished, data.cluster);
  log.info({ directory: data.cluster }, 'A new database was made');
}

/** What PostgreSQL's own words mean for the operator. */
export function explainFailure(output: string, where: string, what: string): DatabaseStartError {
  if (output.includes('No space left on device')) return noSpace(where, output);
  return new DatabaseStartError(
    'notRunnable',
    `${what} in ${where}. PostgreSQL says:\n${output.trim()}${adviceFor(output)}`,
  );
}

function adviceFor(output: string): string {
  if (output.includes('could not look up effective user ID')) {
    return '\nMaking a database needs a user with a name: add one with this number to /etc/passwd (in a container image: RUN useradd …), or set DATABASE_URL to use a PostgreSQL server of your own.';
  }
  return '';
}

async function makeDirectory(path: string, account: Account | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

async function writeAs(account: Account | undefined, path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  await writeFile(draft, text, { mode: 0o600 });
  if (account !== undefined) await chown(draft, account.uid, account.gid);
  await rename(draft, path);
}

function otherVersion(data: DataDirectory, found: string, ours: string): DatabaseStartError {
  return new DatabaseStartError(
    'otherVersion',
    `The database in ${data.root} was made by PostgreSQL ${found}; this version of Allot brings PostgreSQL ${ours}, which cannot read it. Start the Allot that made it, dump the database with pg_dump, and restore it into a new data directory; or go on with that Allot.`,
  );
}
