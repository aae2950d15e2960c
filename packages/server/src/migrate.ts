import { createLog } from './log.ts';
import { openDatabase } from './open-database.ts';
import { readSettings, type SettingValues } from './settings/settings.ts';

/** Brings the database to the schema of this version, as a server does when it starts, and stops. */
export async function migrate(values: SettingValues): Promise<void> {
  const settings = readSettings(values);
  const { close } = await openDatabase(settings, 'allot migrate', createLog(settings.logLevel));
  await close();
}
