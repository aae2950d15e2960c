/**
 * What `npm run bench:lists` runs: every list of users and groups that Graph documents, a page of 100 each, by the product's own operations
 * as the role that the server works as.
 *
 *   npm run bench:lists -- --users 1000000            those that need more than 50 ms (default 100,000 users)
 *   npm run bench:lists -- --only department --all    what is named like this, all of it
 *   npm run bench:lists -- --keep NAME                keeps the tenant on the server of DATABASE_URL for the next run
 *
 * Runs on the PostgreSQL of DATABASE_URL, as a user who may create databases and is no superuser, or on the embedded one.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { connect, type Log } from '@allot/store';
import { atLeast } from './at-least.ts';
import { listCases } from './lists/list-cases.ts';
import { makeDirectory } from './lists/make-directory.ts';
import { type MeasuredList, measureList } from './lists/measure-lists.ts';
import { whySlow } from './lists/slow-lists.ts';
import { openServer } from './server.ts';
import { contextOf } from './tenant/settle-tenant.ts';

const log: Log = {
  debug() {},
  info() {},
  warn: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
  error: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
};

/** What a page may take. */
const pageMsMax = 50;

/** Fewer users leave groups empty. */
const usersMin = 1_000;

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      users: { type: 'string', default: '100000' },
      repetitions: { type: 'string', default: '3' },
      only: { type: 'string', default: '' },
      all: { type: 'boolean', default: false },
      json: { type: 'string' },
      keep: { type: 'string' },
    },
  });
  const databaseUrl = process.env['DATABASE_URL'];
  const server = await openServer({
    databaseUrl: databaseUrl === '' ? undefined : databaseUrl,
    keepAs: values.keep,
    log,
  });
  try {
    const name = await makeDirectory(server, atLeast('users', values.users, usersMin), log);
    const measured = await measureAll(server.urlOf(name), values.only, atLeast('repetitions', values.repetitions, 1));
    const shown = values.all ? measured : measured.filter((one) => slowestMs(one) > pageMsMax);
    process.stdout.write(`${measured.length} lists; of them shown ${shown.length}\n${shown.map(lineOf).join('\n')}\n`);
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(measured, undefined, 2)}\n`);
  } finally {
    await server.close();
  }
}

async function measureAll(databaseUrl: string, only: string, repetitions: number): Promise<readonly MeasuredList[]> {
  const database = await connect({ databaseUrl, poolSizeMax: 2, applicationName: 'allot bench: lists', log });
  try {
    const ctx = contextOf(database);
    const wanted = (await listCases(ctx)).filter(({ asked }) => asked.toLowerCase().includes(only.toLowerCase()));
    const measured: MeasuredList[] = [];
    for (const list of wanted) measured.push(await measureList(ctx, list, repetitions));
    return measured;
  } finally {
    await database.close();
  }
}

const slowestMs = ({ firstMs, secondMs = 0, countedMs = 0 }: MeasuredList): number =>
  Math.max(firstMs, secondMs, countedMs);

function lineOf({ list, firstMs, secondMs, countedMs, rows }: MeasuredList): string {
  const cells = [firstMs, secondMs, countedMs].map((ms) => (ms === undefined ? '-' : ms.toFixed(1)).padStart(8));
  const why = list.collection === 'users' ? whySlow(list) : undefined;
  const about = `${String(rows).padStart(4)} ${list.collection} ${list.hits.padEnd(4)} ${list.asked}`;
  return `${cells.join('')} ms ${about}${why === undefined ? '' : ` (${why})`}`;
}
