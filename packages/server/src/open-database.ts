import { connect, type Database, type Log, startEmbedded } from '@allot/store';
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
  const embedded =
    settings.databaseUrl === undefined ? await startEmbedded({ dataDir: settings.data, log }) : undefined;
  try {
    const databaseUrl = embedded?.databaseUrl ?? settings.databaseUrl ?? '';
    const database = await connect({ databaseUrl, poolSizeMax: POOL_SIZE_MAX, applicationName, log });
    try {
      await prepareDatabase(database, log);
    } catch (error) {
      await database.close();
      throw error;
    }
    return {
      database,
      close: async () => {
        await database.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
