import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { setUpOffice } from './office.ts';
import type { Office } from './office.ts';
import { allotJson, serveTenant } from './served-tenant.ts';
import type { ServedTenant } from './served-tenant.ts';

const tenant: ServedTenant = await serveTenant({ after });
let office: Office;

before(async () => {
  office = await setUpOffice(tenant);
});

interface Shown {
  readonly licenses: readonly { readonly skuPartNumber: string; readonly disabledPlans: readonly string[] }[];
}

const upn = (name: string): string => `${name}@${office.domain}`;

test('a product is assigned with some plans off, replaced in one step, and taken away', async () => {
  const assign = (...args: readonly string[]) => tenant.allot(['user', 'assign', upn('diego'), ...args]);
  assert.deepEqual(await assign('--add', 'STANDARDPACK', '--disable', 'yammer_enterprise'), {
    exitCode: 0,
    out: `${upn('diego')}: has now STANDARDPACK\n`,
    err: '',
  });
  const { licenses } = await allotJson<Shown>(tenant, 'user', 'show', upn('diego'));
  assert.deepEqual(licenses[0]?.disabledPlans, ['YAMMER_ENTERPRISE']);

  const replaced = await assign('--remove', 'STANDARDPACK', '--add', 'Office 365 E3');
  assert.equal(replaced.out, `${upn('diego')}: has now ENTERPRISEPACK\n`);
  assert.equal((await assign('--remove', 'ENTERPRISEPACK')).out, `${upn('diego')}: has now no licenses\n`);
});

test('a refusal is Graph’s message, then what to do; the other users are assigned all the same', async () => {
  await tenant.client.send('PATCH', `/v1.0/users/${upn('alex')}`, { usageLocation: null });
  const { exitCode, out, err } = await tenant.allot([
    'user',
    'assign',
    upn('alex'),
    upn('adele'),
    '--add',
    'STANDARDPACK',
  ]);
  assert.equal(exitCode, 1);
  assert.equal(out, `${upn('adele')}: has now STANDARDPACK\n`);
  const [message, advice] = err.split('\n');
  assert.equal(message, `${upn('alex')}: License assignment cannot be done for user with invalid usage location.`);
  assert.match(advice ?? '', /^ {2}Set usageLocation/);
});

test('reprocessing a user twice tells the same twice', async () => {
  const first = await tenant.allot(['user', 'reprocess', upn('adele')]);
  assert.equal(first.exitCode, 0);
  assert.deepEqual(await tenant.allot(['user', 'reprocess', upn('adele')]), first);
});

test('a name that nobody has is answered with the one that may be meant', async () => {
  const cases = [
    [['user', 'show', `adelle@${office.domain}`], `Did you mean '${upn('adele')}'?`],
    [['user', 'explain', 'Adele'], `Did you mean '${upn('adele')}'?`],
    [['group', 'show', 'Sales Erope'], "Did you mean 'Sales Europe'?"],
    [['product', 'show', 'ENTERPISEPACK'], "Did you mean 'ENTERPRISEPACK'?"],
    [['user', 'assign', upn('adele'), '--add', 'ENTERPRISEPACK', '--only', 'SWAI'], "Did you mean 'SWAY'?"],
  ] as const;
  for (const [args, meant] of cases) {
    const { exitCode, out, err } = await tenant.allot(args);
    assert.deepEqual([exitCode, out], [1, ''], args.join(' '));
    assert.ok(err.includes(meant), `${args.join(' ')}: ${err}`);
  }
});

test('a group name that two groups have is refused with both ids, and an id is always enough', async () => {
  const { exitCode, err } = await tenant.allot(['group', 'show', 'Twins']);
  assert.equal(exitCode, 1);
  const twins = ['twin1', 'twin2'].map((key) => office.groupIds.get(key) ?? '');
  assert.ok(
    twins.every((id) => err.includes(id)),
    err,
  );
  assert.equal((await tenant.allot(['group', 'show', twins[0] ?? ''])).exitCode, 0);
});

test('a product is shown with its plans', async () => {
  const { out } = await tenant.allot(['product', 'show', 'office 365 e3', '--csv']);
  assert.match(out, /^servicePlanName,servicePlanId,appliesTo,provisioningStatus\r\n/);
  assert.match(out, /^YAMMER_ENTERPRISE,7547a3fe-08ee-4ccb-b430-5077c5041653,User,Success\r$/m);
});
