import { connect, type Database, DatabaseStartError, joinEmbedded, type Log, startEmbedded } from '@allot/store';
import type { Settings } from './settings/settings.ts';
import { prepareDatabase } from './workers/prepare-database.ts';

/** Connections of one process: enough for requests and workers on a small machine, and ten processes on a default server. */
const POOL_SIZE_MAX = 10;

export interface OpenDatabase {
  readonly database: Database;
  /** Closes the connections, and stops PostgreSQL if this process started it. */
  readonly close: () => Promise<void>;
}

/** The database that the settings name, with the current schema; without DATABASE_URL our own in the data directory. */
export async function openDatabase(settings: Settings, applicationName: string, log: Log): Promise<OpenDatabase> {
  return open(await startPostgres(settings, log), applicationName, log);
}

/** The same, also where a server runs on the data directory: then it is the database of that server. */
export async function openDatabaseBeside(settings: Settings, applicationName: string, log: Log): Promise<OpenDatabase> {
  const postgres = await startPostgres(settings, log).catch(async (error: unknown): Promise<Postgres> => {
    if (!(error instanceof DatabaseStartError && error.reason === 'inUse')) throw error;
    const joined = await joinEmbedded({ dataDir: settings.data });
    return { databaseUrl: joined.databaseUrl, stop: () => joined.release() };
  });
  return open(postgres, applicationName, log);
}

interface Postgres {
  readonly databaseUrl: string;
  /** Lets it go: ends it where we started it. */
  readonly stop: () => Promise<void>;
}

const startPostgres = async ({ databaseUrl, data }: Settings, log: Log): Promise<Postgres> =>
  databaseUrl === undefined ? startEmbedded({ dataDir: data, log }) : { databaseUrl, stop: async () => undefined };

async function open({ databaseUrl, stop }: Postgres, applicationName: string, log: Log): Promise<OpenDatabase> {
  try {
    const database = await connect({ databaseUrl, poolSizeMax: POOL_SIZE_MAX, applicationName, log });
    const close = async () => {
      await database.close();
      await stop();
    };
    try {
      await prepareDatabase(database, log);
    } catch (error) {
      await database.close();
      throw error;
    }
    return { database, close };
  } catch (error) {
    await stop();
    throw error;
  }
}
