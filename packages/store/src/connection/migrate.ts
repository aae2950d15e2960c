import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Kysely, sql } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';

import type { Log } from './log.ts';
import { DatabaseStartError } from './start-error.ts';
import { acrossTenants } from './tenant-scope.ts';

/** Where the numbered .sql files are. */
export const migrationsDirectory: string = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * Brings the schema up to this version of Allot: runs `migrations/NNNN-name.sql` in order, those not run before, all
 * in one transaction. Any number of servers may do this at once; one does the work and the others wait for it.
 *
 * @returns the names of the migrations that this call has run
 * @throws DatabaseStartError `otherVersion` when a newer Allot has been here, `migrationFailed` when a statement fails
 */
export async function migrate(
  db: Kysely<unknown>,
  log: Log,
  directory: string = migrationsDirectory,
): Promise<readonly string[]> {
  const known = await readMigrations(directory);
  await refuseNewerDatabase(db, new Set(Object.keys(known)));
  const provider: MigrationProvider = { getMigrations: () => Promise.resolve(known) };
  const migrator = new Migrator({
    db: acrossTenants(db),
    provider,
    migrationTableSchema,
    migrationTableName,
    migrationLockTableName: 'migration_lock',
    nameComparator: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await refuseNewerDatabase(db, new Set(Object.keys(known))); // it may have come while we waited
    const failed = results.find((result) => result.status === 'Error')?.migrationName;
    throw new DatabaseStartError(
      'migrationFailed',
      `The database schema could not be brought up to this version${failed === undefined ? '' : ` (${failed})`}: ${messageOf(error)}. Nothing was changed.${adviceFor(error)}`,
      error,
    );
  }
  const names = results.map((result) => result.migrationName);
  if (names.length > 0) log.info({ migrations: names }, 'The database schema was brought up to this version');
  return names;
}

// Its own schema: `allot` itself is created by the first migration.
const migrationTableSchema = 'allot_migration';
const migrationTableName = 'migration';

const fileName = /^\d{4}-[a-z0-9-]+\.sql$/;

async function readMigrations(directory: string): Promise<Record<string, Migration>> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  const migrations: Record<string, Migration> = {};
  const numbers = new Set<string>();
  for (const file of files) {
    const number = file.slice(0, 4);
    if (!fileName.test(file) || numbers.has(number)) {
      throw new Error(`${join(directory, file)}: a migration is named NNNN-what-it-does.sql, with a number of its own`);
    }
    numbers.add(number);
    const text = await readFile(join(directory, file), 'utf8');
    migrations[file.slice(0, -'.sql'.length)] = {
      up: async (db) => {
        await sql.raw(text).execute(db);
      },
    };
  }
  return migrations;
}

async function refuseNewerDatabase(db: Kysely<unknown>, known: ReadonlySet<string>): Promise<void> {
  const table = await sql<{ found: boolean }>`
    select to_regclass(${`${migrationTableSchema}.${migrationTableName}`}) is not null as found`.execute(db);
  if (table.rows[0]?.found !== true) return;
  const run = await sql<{ name: string }>`
    select name from ${sql.table(`${migrationTableSchema}.${migrationTableName}`)} order by name`.execute(db);
  const unknown = run.rows.map((row) => row.name).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new DatabaseStartError(
      'otherVersion',
      `This database was migrated by a newer version of Allot (${unknown.join(', ')} is not known here). Start that version or a later one; to go back, restore the backup made before the upgrade.`,
    );
  }
}

function adviceFor(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === '42501') return ' Make this user the owner of the database, or: GRANT CREATE ON DATABASE … TO ….';
  if (code === '53100') return ' The disk of the database server is full.';
  return '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
