import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

import { ScopedQuery } from './scoped-query.ts';

/**
 * A pool whose statements all run with `allot.tenant_id` set, for their transaction only: nothing stays on a connection that is
 * given back, and it holds behind a pooler that changes connections between transactions.
 *
 * @param setting a UUID, or `all`
 */
export function scopedPool(pool: pg.Pool, setting: string): PostgresPool {
  return {
    connect: async () => scopedClient(await pool.connect(), setting),
    end: () => pool.end(),
    options: pool.options,
  };
}

function scopedClient(client: pg.PoolClient, setting: string): PostgresPoolClient {
  let inTransaction = false;
  const query = async (text: string, values?: readonly unknown[]): Promise<unknown> => {
    if (begins.test(text)) {
      // It travels with the beginning and costs no round trip. The setting is one of two forms, neither with a quote.
      const scope = setting === 'all' ? `set local allot.tenant_id = 'all'` : `select allot.work_for('${setting}')`;
      const begun = await begin(client, `${text}; ${scope}`);
      inTransaction = true;
      return begun;
    }
    if (inTransaction) {
      if (ends.test(text)) inTransaction = false;
      return client.query(text, [...(values ?? [])]);
    }
    return new Promise((resolve, reject) => {
      client.query(
        new ScopedQuery(setting, text, [...(values ?? [])], (error, result) => {
          if (error) reject(error);
          else resolve(result);
        }),
      );
    });
  };
  return {
    // `as`: Kysely also asks with a cursor, which needs one configured; with texts it gets what pg answers.
    query: query as PostgresPoolClient['query'],
    release: (error?: boolean) => client.release(error),
  };
}

const begins = /^(?:begin|start transaction)\b/i;
const ends = /^(?:commit|rollback|end|abort)\s*$/i;

async function begin(client: pg.PoolClient, text: string): Promise<PostgresQueryResult<unknown> | undefined> {
  try {
    // `as`: pg answers several statements at once with a list, which its types do not say.
    const [begun] = (await client.query(text)) as unknown as PostgresQueryResult<unknown>[];
    return begun;
  } catch (error) {
    // Without its scope the transaction is begun, and nobody else would end it. It fails where the connection is gone.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
