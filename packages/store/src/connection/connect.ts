import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

import { checkServer, reasonOf, type ServerFacts } from './check-server.ts';
import { columnTypes } from './column-types.ts';
import type { Log } from './log.ts';
import { DatabaseStartError } from './start-error.ts';
import { registerPool } from './tenant-scope.ts';

export type ConnectOptions = {
  /** `postgresql://user:password@host:port/database`, or what `startEmbedded` returns. */
  readonly databaseUrl: string;
  /** Connections this process opens at most. */
  readonly poolSizeMax: number;
  /** Shown by the server in `pg_stat_activity`. */
  readonly applicationName: string;
  readonly log: Log;
};

export type Database = {
  /** For statements; tables are typed where the statement is. Shows no row of any tenant: see `forTenant`. */
  readonly db: Kysely<unknown>;
  /** The same connections, for libraries that want a pool of pg. Shows no row of any tenant. */
  readonly pool: pg.Pool;
  /** Closes every connection, after the statements under way; resolves when the sockets are closed. Safe to call again. */
  close(): Promise<void>;
};

/**
 * Opens a pool on a PostgreSQL server and makes sure that it answers and is new enough.
 *
 * `bigint` comes back as number, `timestamptz` as Date, `numeric` as string. When the server goes away the process
 * goes on: statements fail with an error for which `isDatabaseUnavailable` holds until it is back.
 *
 * @throws DatabaseStartError `unreachable` or `otherVersion`; the message never contains the password
 */
export async function connect(options: ConnectOptions): Promise<Database> {
  const server = describeServer(options.databaseUrl);
  const pool = openPool(options);
  try {
    checkServer(await askServer(pool, server), server);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  registerPool(db, pool);
  let closing: Promise<void> | undefined;
  return {
    db,
    pool,
    close() {
      closing ??= closePool(pool);
      return closing;
    },
  };
}

/** Longest wait for a connection, be it that the server is slow to answer or that all connections are lent. */
const connectionTimeoutMsMax = 15_000;

/** Host, port, database and user: all that may be shown of an address. */
function describeServer(databaseUrl: string): string {
  try {
    if (!/^postgres(?:ql)?:\/\//.test(databaseUrl)) throw new Error('another scheme');
    const { host, port, database, user } = new pg.Client({ connectionString: databaseUrl });
    const where = host.startsWith('/') ? `${host}/.s.PGSQL.${port}` : `${host}, port ${port}`;
    return `${where}, database ${database ?? user ?? 'of the default name'}, user ${user ?? 'of the default name'}`;
  } catch {
    // Without the cause: it may quote the address, and with it the password.
    throw new DatabaseStartError(
      'unreachable',
      'DATABASE_URL is not the address of a PostgreSQL server. It looks like postgresql://user:password@host:5432/database, with characters such as @, / and # in the password percent-encoded.',
    );
  }
}

function openPool({ databaseUrl, poolSizeMax, applicationName, log }: ConnectOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: poolSizeMax,
    application_name: applicationName,
    connectionTimeoutMillis: connectionTimeoutMsMax,
    keepAlive: true,
    types: columnTypes,
  });
  // Without these listeners a server that goes away would end this process: the pool reports the connections that
  // nobody uses, the client itself those lent and waiting between two statements of a transaction.
  pool.on('error', (error) => log.warn({ error: error.message }, 'A connection to the database was lost'));
  pool.on('connect', (client) => {
    client.on('error', (error) => log.debug({ error: error.message }, 'A connection to the database broke'));
  });
  return pool;
}

async function askServer(pool: pg.Pool, server: string): Promise<ServerFacts> {
  try {
    const answer = await pool.query<ServerFacts>(
      `select current_setting('server_version_num')::int as "versionNumber",
              current_setting('server_version') as version,
              current_setting('server_encoding') as encoding`,
    );
    const facts = answer.rows[0];
    if (facts === undefined) throw new Error('it does not tell its version');
    return facts;
  } catch (error) {
    throw new DatabaseStartError('unreachable', `Cannot use the database at ${server}: ${reasonOf(error)}`, error);
  }
}

async function closePool(pool: pg.Pool): Promise<void> {
  // pool.end() resolves when it has told the connections to end; `remove` says that one has.
  let open = pool.totalCount;
  const closed = new Promise<void>((resolve) => {
    if (open === 0) resolve();
    pool.on('remove', () => {
      open -= 1;
      if (open <= 0) resolve();
    });
  });
  await pool.end();
  await closed;
}
