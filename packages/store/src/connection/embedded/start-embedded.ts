import pg from 'pg';

import type { Log } from '../log.ts';
import { DatabaseStartError } from '../start-error.ts';
import { postgresAccount } from './account.ts';
import { prepareBinaries } from './binaries.ts';
import { prepareCluster, prepareDirectories, superuser } from './cluster.ts';
import { type DataDirectory, openDataDirectory } from './data-directory.ts';
import { explainFileError } from './file-error.ts';
import { clearLeftovers } from './leftovers.ts';
import { takeOwnership } from './owner.ts';
import { launchPostgres } from './postgres-process.ts';
import { prepareServiceRole, serviceRole } from './service-role.ts';
import { reachSocket, type SocketPath } from './socket-path.ts';
import { type Supervised, supervise } from './supervise.ts';

export type StartEmbeddedOptions = {
  /** Made when it does not exist; otherwise empty or one that this function made. */
  readonly dataDir: string;
  readonly log: Log;
};

export type Embedded = {
  /** Address of the database `allot` on the socket; only we and root can use it. For `connect`, also for libpq. */
  readonly databaseUrl: string;
  /** The same as its superuser, for settings of the server; policies do not hold for it. */
  readonly superuserUrl: string;
  /** Ends PostgreSQL in order and lets others use the data directory. Safe to call again. */
  stop(): Promise<void>;
};

/**
 * Starts the PostgreSQL that comes with Allot, on its own data directory and a Unix socket, as a child of this
 * process. Stops what a killed process left running there first.
 *
 * One process owns a data directory at a time. Works as root, too: PostgreSQL then runs as an unprivileged account.
 *
 * @throws DatabaseStartError; with `inUse` and `notOurs` nothing was touched
 */
export async function startEmbedded({ dataDir, log }: StartEmbeddedOptions): Promise<Embedded> {
  if (process.platform === 'win32') {
    throw new DatabaseStartError(
      'notRunnable',
      'On Windows set DATABASE_URL to use a PostgreSQL server: the one that comes with Allot needs Unix sockets.',
    );
  }
  const data = await openDataDirectory(dataDir);
  const undo: (() => Promise<void>)[] = [];
  try {
    const ownership = await takeOwnership(data.ownerFile, log);
    undo.unshift(() => ownership.release());
    const socketPath = await reachSocket(data.sockets);
    undo.unshift(() => socketPath.remove());
    const postgres = await start(data, socketPath, log);
    undo.unshift(() => postgres.stop());
    await createDatabase(addressOf(socketPath, 'postgres', superuser));
    const superuserUrl = addressOf(socketPath, databaseName, superuser);
    await prepareServiceRole(superuserUrl, databaseName);
    return embedded({ databaseUrl: addressOf(socketPath, databaseName, serviceRole), superuserUrl }, undo);
  } catch (error) {
    for (const step of undo) await step();
    throw explainFileError(error, `the data directory ${data.root}`);
  }
}

export const databaseName = 'allot';

async function start(data: DataDirectory, socketPath: SocketPath, log: Log): Promise<Supervised> {
  const account = await postgresAccount(data.postgres);
  await clearLeftovers(data, log);
  await prepareDirectories(data, account);
  const binaries = await prepareBinaries(account, data, log);
  await prepareCluster(data, account, binaries, log);
  const maintenanceUrl = addressOf(socketPath, 'postgres', superuser);
  return supervise(async () => {
    await clearLeftovers(data, log);
    return launchPostgres({ data, account, binaries, maintenanceUrl, log });
  }, log);
}

export function addressOf(socketPath: SocketPath, database: string, role: string): string {
  return `postgresql:///${database}?host=${encodeURIComponent(socketPath.directory)}&user=${role}&sslmode=disable`;
}

async function createDatabase(maintenanceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}

function embedded(
  urls: Pick<Embedded, 'databaseUrl' | 'superuserUrl'>,
  undo: readonly (() => Promise<void>)[],
): Embedded {
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    for (const step of undo) await step();
  };
  return {
    ...urls,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
