import pg from 'pg';

/**
 * One statement outside of a transaction block, with `allot.tenant_id` set before it: both travel together and are one implicit
 * transaction, since they share one Sync. So the setting takes no round trip of its own (0.04 ms on a socket) and
 * ends with the statement.
 *
 * pg has no words for this, so it goes through the parts of its queries that it calls itself: `prepare` and the handlers.
 */
export class ScopedQuery extends BaseQuery() {
  readonly #setting: string;
  /** Whether what comes from the server is about the statement, and no longer about the setting. */
  #set = false;

  constructor(setting: string, text: string, values: unknown[], callback: QueryCallback) {
    super({ text, values, queryMode: 'extended' }, callback);
    this.#setting = setting;
  }

  override prepare(connection: ProtocolConnection): void {
    const scope =
      this.#setting === 'all' ? `select set_config('allot.tenant_id', $1, true)` : `select allot.work_for($1::uuid)`;
    connection.parse({ text: scope, name: '', types: [textOid] });
    connection.bind({ portal: '', statement: '', values: [this.#setting], binary: false });
    connection.execute({ portal: '', rows: 0 });
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.#set) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: ProtocolConnection): void {
    if (this.#set) super.handleCommandComplete(message, connection);
    this.#set = true;
  }
}

const textOid = 25;

type QueryCallback = (error: Error | undefined, result: pg.QueryResult) => void;

/** What pg's own queries call. Its types tell of a second parameter that it does not have. */
interface ProtocolConnection {
  parse(message: { text: string; name: string; types: readonly number[] }): void;
  bind(message: { portal: string; statement: string; values: readonly string[]; binary: boolean }): void;
  execute(message: { portal: string; rows: number }): void;
}

interface ProtocolQuery extends pg.Submittable {
  prepare(connection: ProtocolConnection): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: ProtocolConnection): void;
}

/** `as`: the types of pg show a query's constructor and `submit` only; pg is pinned, and tests/tenants sees when it changes. */
function BaseQuery() {
  return pg.Query as unknown as new (
    config: pg.QueryConfig & { readonly queryMode: 'extended' },
    callback: QueryCallback,
  ) => ProtocolQuery;
}
