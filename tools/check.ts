/**
 * What `npm run check` runs: everything that can be said about the repository without running the product.
 *
 *   npm run check                  all checks, to the end, whatever fails on the way
 *   npm run check -- lint words    those named
 *   npm run format                 writes what the formatter would write
 */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const node = process.execPath;

/** In the order of how soon they answer and how much the answer explains the next one. */
const checks: Readonly<Record<string, readonly string[]>> = {
  types: ['tsc', '--project', '.'],
  'portal-types': ['tsc', '--project', 'packages/portal'],
  'engine-types': ['tsc', '--project', 'packages/engine'],
  lint: ['oxlint'],
  format: ['biome', 'format'],
  dead: ['knip', '--no-config-hints', '--no-progress'],
  words: [node, 'tools/check-words.ts'],
  lockfile: [node, 'tools/complete-lockfile.ts', '--check'],
};

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const write = args.includes('--write');
  const named = args.filter((arg) => arg !== '--write');
  const unknown = named.filter((name) => !(name in checks));
  if (unknown.length > 0) {
    process.stderr.write(`No check is named ${unknown.join(', ')}. There are: ${Object.keys(checks).join(', ')}.\n`);
    return 2;
  }
  const wanted = Object.entries(checks).filter(([name]) => named.length === 0 || named.includes(name));
  const failed = wanted.filter(([name, command]) => !run(name, write ? [...command, '--write'] : command));
  if (failed.length === 0) return 0;
  process.stderr.write(`\nFailed: ${failed.map(([name]) => name).join(', ')}\n`);
  return 1;
}

function run(name: string, [command = '', ...args]: readonly string[]): boolean {
  process.stdout.write(`\n── ${name}\n`);
  const began = process.hrtime.bigint();
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) process.stderr.write(`${command} could not be started: ${error.message}. Run npm ci.\n`);
  const seconds = Number((process.hrtime.bigint() - began) / 1_000_000n) / 1000;
  process.stdout.write(`── ${name} ${status === 0 ? 'passed' : 'FAILED'} (${seconds.toFixed(1)} s)\n`);
  return status === 0;
}
