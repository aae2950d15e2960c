import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkBundle, prepareCatalogue } from '@allot/engine';
import { builtInCatalogue } from '../src/catalogue/built-in.ts';
import { ContosoInMemory } from './contoso-in-memory.ts';
import type { ErrorRow } from './contoso-in-memory.ts';
import { pathOf, readDemoGroups, readDemoTenantFile, readDemoUsers } from './demo-files.ts';

type Expected = {
  readonly products: Readonly<Record<string, { usable: number; consumed: number }>>;
  readonly errorsByCause: Readonly<Record<string, number>>;
  readonly usersInError: number;
  readonly waiting: Readonly<Record<string, number>>;
  readonly errors: readonly ErrorRow[];
};

// Written by hand in this shape.
const expected = JSON.parse(readFileSync(pathOf('expected.json'), 'utf8')) as {
  users: number;
  groups: number;
  afterFirstProcessing: Expected;
  afterLaterSteps: Expected;
};

const [users, groups] = [await readDemoUsers(), await readDemoGroups()];
const tenant = readDemoTenantFile();
const catalogue = builtInCatalogue();

test('the files of the demo tenant are what the tool writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'allot-demo-'));
  try {
    const { status, stderr } = spawnSync(process.execPath, [pathOf('../../../tools/make-demo.ts'), folder], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    for (const name of ['users.csv', 'groups.csv', 'tenant.json']) {
      assert.equal(readFileSync(join(folder, name), 'utf8'), readFileSync(pathOf(name), 'utf8'), name);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('Contoso has 1,200 users in six countries, hired one after the other, 25 groups and ten products', () => {
  assert.equal(users.length, expected.users);
  assert.equal(groups.length, expected.groups);
  assert.deepEqual(
    new Set(users.map(({ country }) => country)),
    new Set(['United States', 'Germany', 'France', 'United Kingdom', 'Japan', 'China']),
  );
  const hired = users.map(({ createdDateTime }) => createdDateTime ?? '');
  assert.deepEqual(hired, [...new Set(hired)].sort());
  assert.equal(new Set(tenant.subscriptions.map(({ skuPartNumber }) => skuPartNumber)).size, 10);
});

test('everything the files name exists', () => {
  const names = new Set(users.map(({ userPrincipalName }) => userPrincipalName));
  const groupNames = new Set(groups.map(({ displayName }) => displayName));
  assert.equal(groupNames.size, groups.length);
  for (const { displayName, members, licenses } of groups) {
    for (const member of members) assert.ok(names.has(member), `${displayName}: ${member}`);
    for (const { skuPartNumber } of licenses)
      assert.ok(tenant.subscriptions.some((one) => one.skuPartNumber === skuPartNumber));
  }
  for (const { displayName } of tenant.groupLicensing) assert.ok(groupNames.has(displayName), displayName);
  for (const { userPrincipalName } of tenant.directAssignments) {
    // L-10: direct assignment needs the user's own location.
    assert.ok(users.find((user) => user.userPrincipalName === userPrincipalName)?.usageLocation, userPrincipalName);
  }
  for (const step of tenant.later) {
    if ('userPrincipalName' in step) assert.ok(names.has(step.userPrincipalName), step.userPrincipalName);
    if ('group' in step)
      assert.ok(groups.find(({ displayName }) => displayName === step.group)?.members.includes(step.userPrincipalName));
  }
});

test('every bundle of the demo tenant would be accepted by its group (L-24)', () => {
  const prepared = prepareCatalogue({
    plans: catalogue.plans.map((plan) => ({ ...plan, deny: null, allow: null })),
    products: catalogue.products.map(({ servicePlans, ...product }) => ({ ...product, planIds: servicePlans })),
    ...catalogue.ruleSets.classic,
  });
  for (const { displayName, licenses } of groups) {
    const assignments = licenses.map(({ skuPartNumber, disabledPlans }) => {
      const product = catalogue.products.find((candidate) => candidate.skuPartNumber === skuPartNumber);
      assert.ok(product);
      const ids = catalogue.plans.filter(
        ({ name, planId }) => disabledPlans.includes(name) && product.servicePlans.includes(planId),
      );
      assert.equal(ids.length, disabledPlans.length, `${displayName}: ${skuPartNumber}`);
      return { productId: product.productId, disabledPlans: ids.map(({ planId }) => planId) };
    });
    const prerequisites =
      tenant.groupLicensing.find((options) => options.displayName === displayName)?.prerequisites ?? 'group';
    assert.equal(checkBundle(prepared, assignments, prerequisites), undefined, displayName);
  }
});

test('settling the demo tenant gives every error of L-06, in the numbers worked out by hand', () => {
  const contoso = new ContosoInMemory(users, groups, tenant);
  assertIsAs(contoso, expected.afterFirstProcessing);
  for (const step of tenant.later) contoso.apply(step);
  assertIsAs(contoso, expected.afterLaterSteps);
});

function assertIsAs(
  contoso: ContosoInMemory,
  { products, errorsByCause, usersInError, waiting, errors }: Expected,
): void {
  for (const [part, { usable, consumed }] of Object.entries(products)) {
    assert.deepEqual(
      { part, usable: contoso.usable(part), consumed: contoso.consumed(part) },
      { part, usable, consumed },
    );
  }
  const found = contoso.errors();
  const sorted = (rows: readonly ErrorRow[]) =>
    rows.map((row) => JSON.stringify(row, ['group', 'skuPartNumber', 'error', 'state', 'users'])).sort();
  assert.deepEqual(sorted(found.rows), sorted(errors));
  assert.equal(found.usersInError, usersInError);
  const sum = (rows: readonly ErrorRow[], by: (row: ErrorRow) => string) => {
    const sums: Record<string, number> = {};
    for (const row of rows) sums[by(row)] = (sums[by(row)] ?? 0) + row.users;
    return sums;
  };
  assert.deepEqual(
    sum(found.rows, ({ error }) => error),
    errorsByCause,
  );
  assert.deepEqual(
    sum(
      found.rows.filter(({ error }) => error === 'CountViolation'),
      ({ skuPartNumber }) => skuPartNumber,
    ),
    waiting,
  );
}
