import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Database, type Log, startEmbedded } from '@allot/store';

export type Pool = Database['pool'];

export interface BenchServerOptions {
  /** Undefined: an embedded PostgreSQL in a temporary directory. */
  readonly databaseUrl: string | undefined;
  /** Databases are named by it and stay; undefined: a name of this run, and nothing stays. */
  readonly keepAs: string | undefined;
  readonly log: Log;
}

/** The PostgreSQL that the benchmark runs on, and the databases of this run on it. */
export interface BenchServer {
  readonly version: string;
  readonly embedded: boolean;
  has(name: string): Promise<boolean>;
  /** Makes a database as a copy of another one of this run, or an empty one. */
  clone(from: string | undefined, name: string): Promise<void>;
  drop(name: string): Promise<void>;
  urlOf(name: string): string;
  use<T>(name: string, run: (database: Database) => Promise<T>): Promise<T>;
  /** Drops what this run made, and ends PostgreSQL if this run started it. */
  close(): Promise<void>;
}

export async function openServer(options: BenchServerOptions): Promise<BenchServer> {
  if (options.databaseUrl !== undefined) return onServer(options.databaseUrl, options, async () => {});
  const dataDir = await mkdtemp(join(tmpdir(), 'allot-bench-'));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  try {
    const embedded = await startEmbedded({ dataDir, log: options.log });
    const server = await onServer(embedded.databaseUrl, options, async () => {
      await embedded.stop();
      await remove();
    });
    await withoutAutovacuum(embedded.superuserUrl, options.log);
    return server;
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What the benchmark reads and writes by itself names its tenant and no policy needs to; what it measures goes by `forTenant`. */
function everyTenant(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', '-c allot.tenant_id=all');
  return url.href;
}

/** Cleaning up in the background would fall into one repetition and not into another. */
async function withoutAutovacuum(superuserUrl: string, log: Log): Promise<void> {
  const database = await connect({
    databaseUrl: superuserUrl,
    poolSizeMax: 1,
    applicationName: 'allot bench: settings',
    log,
  });
  await database.pool.query('alter system set autovacuum = off');
  await database.pool.query('select pg_reload_conf()');
  await database.close();
}

async function onServer(adminUrl: string, options: BenchServerOptions, end: () => Promise<void>): Promise<BenchServer> {
  const { keepAs, log } = options;
  const prefix = `allot_bench_${keepAs ?? randomBytes(4).toString('hex')}_`;
  const admin = await connect({ databaseUrl: adminUrl, poolSizeMax: 1, applicationName: 'allot bench: admin', log });
  const { pool } = admin;
  const made = new Set<string>();
  const urlOf = (name: string): string => {
    const url = new URL(adminUrl);
    url.pathname = `/${prefix}${name}`;
    return url.href;
  };
  const drop = async (name: string) => {
    await pool.query(`drop database if exists ${prefix}${name} with (force)`);
    made.delete(name);
  };
  const answer = await pool.query<{ version: string }>(`select current_setting('server_version') as version`);
  return {
    version: answer.rows[0]?.version ?? 'unknown',
    embedded: options.databaseUrl === undefined,
    urlOf,
    drop,
    async has(name) {
      const { rowCount } = await pool.query('select from pg_database where datname = $1', [`${prefix}${name}`]);
      return rowCount === 1;
    },
    async clone(from, name) {
      made.add(name);
      // Copying files ends with a checkpoint, so every repetition starts with nothing left to write.
      const template = from === undefined ? 'template0' : `${prefix}${from}`;
      await pool.query(`create database ${prefix}${name} template ${template} encoding 'UTF8' strategy file_copy`);
    },
    async use(name, run) {
      const database = await connect({
        databaseUrl: everyTenant(urlOf(name)),
        poolSizeMax: 2,
        applicationName: 'allot bench',
        log,
      });
      try {
        return await run(database);
      } finally {
        await database.close();
      }
    },
    async close() {
      if (keepAs === undefined) for (const name of made) await drop(name);
      await admin.close();
      await end();
    },
  };
}
