/**
 * A process that owns an embedded database, for tests that kill one: `node embedded-program.ts <data directory>`.
 * Prints the address of the database in one line once it runs, or the reason and message of the error. Then each line
 * on its input is a statement, whose first row is printed; at the end of its input it stops the database.
 * SIGINT, which Ctrl-C sends to all processes of a terminal, is printed and otherwise ignored.
 */
import { createInterface } from 'node:readline';

import { connect, DatabaseStartError, type Log, startEmbedded } from '@allot/store';

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };

process.on('SIGINT', () => say({ signal: 'SIGINT' }));

try {
  const embedded = await startEmbedded({ dataDir: process.argv[2] ?? '', log });
  const database = await connect({ databaseUrl: embedded.databaseUrl, poolSizeMax: 2, applicationName: 'test', log });
  say({ databaseUrl: embedded.databaseUrl });
  for await (const line of createInterface({ input: process.stdin })) say((await database.pool.query(line)).rows[0]);
  await database.close();
  await embedded.stop();
  say({ stopped: true });
} catch (error) {
  if (!(error instanceof DatabaseStartError)) throw error;
  say({ reason: error.reason, message: error.message });
}

function say(what: unknown): void {
  process.stdout.write(`${JSON.stringify(what ?? null)}\n`);
}
