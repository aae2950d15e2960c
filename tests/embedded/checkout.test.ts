import assert from 'node:assert/strict';
import { chmod, lstat, readdir, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { type CheckoutCopy, copyCheckout } from './checkout-copy.ts';
import { describeProcess, postgresPid } from './processes.ts';
import { startProgram, type Test } from './start-program.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const isRoot = process.getuid?.() === 0;
/** Where root puts a copy of PostgreSQL for an account that cannot reach the checkout. */
const systemCopies = '/var/cache/allot';

test('where npm ran no install scripts the embedded database starts all the same', async (t) => {
  const parent = await temporaryDirectory();
  await chmod(parent, 0o755); // a checkout that everybody can read
  const checkout = await copyCheckout(join(parent, 'checkout'));
  const library = join(checkout.postgresPackage, 'native', 'lib', 'libpq.so.5');
  if (process.platform === 'linux') await assert.rejects(lstat(library));

  const dataDir = join(parent, 'data');
  await startsAndStops(t, checkout, dataDir);
  if (process.platform === 'linux') assert.match(await readlink(library), /^libpq\.so\.5\.\d+$/);
  assert.deepEqual(await readdir(join(dataDir, 'postgres')), ['cluster', 'run']);
});

test('the embedded database starts from a copy where its account can only look at node_modules, or not even that', async (t) => {
  const parent = await temporaryDirectory(); // mode 0700, like the home of root
  const checkout = await copyCheckout(join(parent, 'checkout'));
  const libraries = join(checkout.postgresPackage, 'native', 'lib');
  const dataDir = join(parent, 'data');
  const copies = isRoot ? systemCopies : join(dataDir, 'postgres');
  const found = await readdir(copies).catch(() => undefined);
  // Root runs PostgreSQL as an account that cannot pass the directory above. Anybody else can, and cannot make the links.
  if (!isRoot) await chmod(libraries, 0o500);
  t.after(async () => {
    await chmod(libraries, 0o700);
    if (isRoot && found === undefined) await rm(systemCopies, { recursive: true, force: true });
  });

  const program = await startsAndStops(t, checkout, dataDir);
  assert.ok(program.startsWith(`${copies}/`), program);
  // The next start uses the copy that is there.
  const before = await Promise.all(
    (await readdir(copies)).map(async (name) => `${name} ${(await lstat(join(copies, name))).ino}`),
  );
  assert.equal(await startsAndStops(t, checkout, dataDir), program);
  const after = await Promise.all(
    (await readdir(copies)).map(async (name) => `${name} ${(await lstat(join(copies, name))).ino}`),
  );
  assert.deepEqual(after, before);
});

/** Starts it, uses it and stops it; returns the path of the PostgreSQL that ran. */
async function startsAndStops(t: Test, checkout: CheckoutCopy, dataDir: string): Promise<string> {
  const running = startProgram(t, dataDir, checkout.program);
  assert.match(JSON.stringify(await running.next()), /databaseUrl/);
  assert.deepEqual(await running.query('select 1 as one'), { one: 1 });
  const program = await describeProcess(await postgresPid(dataDir), 'args');
  await running.stop();
  assert.deepEqual(await running.next(), { stopped: true });
  return program;
}
