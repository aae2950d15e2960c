/**
 * What `npm run bench` runs: our code, the floor and the baseline do the same works side by side.
 *
 *   npm run bench -- --users 1000000             the table, at a million users (default 100,000)
 *   npm run bench -- --only W1,W2 --json out.json
 *   npm run bench -- --sides ours --profile DIR  our side alone, with CPU profiles
 *   npm run bench -- --keep NAME                 keeps the tenants on the server of DATABASE_URL for the next run
 *
 * Runs on the PostgreSQL of DATABASE_URL, as a user who may create databases, or on the embedded one.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Log } from '@allot/store';
import { atLeast } from './at-least.ts';
import { printReport, reportOf } from './report.ts';
import { type BenchmarkOptions, runBenchmark } from './run-benchmark.ts';
import { rows, sides } from './works.ts';

const log: Log = {
  debug() {},
  info() {},
  warn: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
  error: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
};

/** Fewer users leave groups empty. */
const usersMin = 1_000;

process.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      users: { type: 'string', default: '100000' },
      repetitions: { type: 'string', default: '3' },
      only: { type: 'string' },
      sides: { type: 'string', default: sides.join() },
      json: { type: 'string' },
      profile: { type: 'string' },
      keep: { type: 'string' },
    },
  });
  const databaseUrl = process.env['DATABASE_URL'];
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => interrupted.abort(new Error(`Ended by ${name}; what the run made is removed.`)));
  }
  const options: BenchmarkOptions = {
    users: atLeast('users', values.users, usersMin),
    repetitions: atLeast('repetitions', values.repetitions, 1),
    only:
      values.only === undefined
        ? undefined
        : oneOf(
            'only',
            values.only,
            rows.map(({ id }) => id),
          ),
    sides: oneOf('sides', values.sides, sides),
    databaseUrl: databaseUrl === '' ? undefined : databaseUrl,
    keepAs: values.keep,
    profileDir: values.profile,
    signal: interrupted.signal,
    log,
    tell: (sentence) => process.stderr.write(`${sentence}\n`),
  };
  const report = reportOf(await runBenchmark(options));
  process.stdout.write(`${printReport(report)}\n`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
  return report.rows.some(({ agree }) => agree === false) ? 1 : 0;
}

function oneOf<T extends string>(name: string, text: string, known: readonly T[]): Set<T> {
  return new Set(
    text.split(',').map((word) => {
      const found = known.find((candidate) => candidate.toLowerCase() === word.trim().toLowerCase());
      if (found === undefined) throw new Error(`--${name} knows ${[...new Set(known)].join(', ')}, not "${word}".`);
      return found;
    }),
  );
}
