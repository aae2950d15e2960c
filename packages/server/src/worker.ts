import { connect, joinEmbedded } from '@allot/store';
import { createLog } from './log.ts';
import { createOutgoing } from './outgoing/outgoing.ts';
import { readSettings, type SettingValues } from './settings/settings.ts';
import { untilStopped } from './until-stopped.ts';
import { prepareDatabase } from './workers/prepare-database.ts';
import { runWorkers } from './workers/run-workers.ts';

/** Connections of a process that only works in the background. */
const POOL_SIZE_MAX = 6;

/**
 * Runs a background worker beside the servers on the same database, until SIGTERM or SIGINT. Without DATABASE_URL it joins the
 * database that a running server keeps in the data directory.
 */
export async function runWorker(values: SettingValues): Promise<void> {
  const stopped = untilStopped();
  const settings = readSettings(values);
  const log = createLog(settings.logLevel);
  const joined = settings.databaseUrl === undefined ? await joinEmbedded({ dataDir: settings.data }) : undefined;
  const databaseUrl = joined?.databaseUrl ?? settings.databaseUrl ?? '';
  const database = await connect({ databaseUrl, poolSizeMax: POOL_SIZE_MAX, applicationName: 'allot worker', log });
  try {
    await prepareDatabase(database, log);
    const workers = await runWorkers(database, log, createOutgoing({ allowPrivate: settings.notifyPrivate }));
    process.stdout.write('Working in the background. Stop with Ctrl-C.\n');
    await stopped;
    await workers.stop();
  } finally {
    await database.close();
    await joined?.release();
  }
}
