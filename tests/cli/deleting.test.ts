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

const upn = (name: string): string => `${name}@${office.domain}`;

test('users are deleted by name, restored by name with what they had, and a stranger is told', async () => {
  await tenant.allot(['user', 'assign', upn('diego'), '--add', 'STANDARDPACK']);
  assert.deepEqual(await tenant.allot(['user', 'delete', upn('diego')]), {
    exitCode: 0,
    out: `${upn('diego')}: is deleted\n`,
    err: '',
  });
  const named = async (...args: readonly string[]) =>
    (await allotJson<readonly { readonly userPrincipalName: string }[]>(tenant, 'user', 'list', ...args)).map(
      ({ userPrincipalName }) => userPrincipalName,
    );
  assert.deepEqual(await named('--deleted'), [upn('diego')]);
  assert.ok(!(await named()).includes(upn('diego')));
  const twice = await tenant.allot(['user', 'delete', upn('diego')]);
  assert.equal(twice.exitCode, 1);
  assert.match(twice.err, /There is no user 'diego@/);
  assert.deepEqual(await tenant.allot(['user', 'restore', upn('diego')]), {
    exitCode: 0,
    out: `${upn('diego')}: has now STANDARDPACK\n`,
    err: '',
  });
  const again = await tenant.allot(['user', 'restore', upn('diego')]);
  assert.equal(again.exitCode, 1);
  assert.match(again.err, /There is no deleted user 'diego@[^']+'\.\n {2}Deleted users and groups can be restored/);
});

test('a user whose name was taken is restored under another one', async () => {
  await tenant.allot(['user', 'delete', upn('christie')]);
  await tenant.client.send('PATCH', `/v1.0/users/${upn('alex')}`, { userPrincipalName: upn('christie') });
  const refused = await tenant.allot(['user', 'restore', upn('christie')]);
  assert.equal(refused.exitCode, 1);
  assert.match(refused.err, /Another object with the same value for property userPrincipalName already exists\./);
  const restored = await tenant.allot(['user', 'restore', upn('christie'), '--as', upn('chris')]);
  assert.deepEqual([restored.exitCode, restored.out], [0, `${upn('christie')}: has now no licenses\n`]);
  const { userPrincipalName } = await allotJson<{ readonly userPrincipalName: string }>(
    tenant,
    'user',
    'show',
    upn('chris'),
  );
  assert.equal(userPrincipalName, upn('chris'));
  assert.equal((await tenant.allot(['user', 'restore', 'a', 'b', '--as', upn('c')])).exitCode, 2);
});

test('a licensed group is refused, deleted with its licenses, and restored without', async () => {
  await tenant.allot(['group', 'assign', 'Sales Europe', '--add', 'STANDARDPACK', '--wait']);
  const refused = await tenant.allot(['group', 'delete', 'Sales Europe']);
  assert.equal(refused.exitCode, 1);
  assert.match(refused.err, /^A group with active licenses assigned cannot be deleted\./);
  const args = ['group', 'delete', 'Sales Europe', '--remove-licenses', '--wait'];
  assert.deepEqual(await tenant.allot(args), { exitCode: 0, out: 'Sales Europe: deleted\n', err: '' });
  assert.equal((await tenant.allot(['group', 'show', 'Sales Europe'])).exitCode, 1);
  const { out } = await tenant.allot(['group', 'restore', 'sales europe']);
  assert.equal(out, 'Sales Europe: restored, without licenses\n');
  const members = await allotJson<readonly unknown[]>(tenant, 'group', 'members', 'Sales Europe');
  assert.equal(members.length, 3);
});

test('of several deleted groups with one name none is restored', async () => {
  for (const key of ['twin1', 'twin2']) await tenant.allot(['group', 'delete', office.groupIds.get(key) ?? '']);
  const listed = await allotJson<readonly unknown[]>(tenant, 'group', 'list', '--deleted', '--search', 'twins');
  assert.equal(listed.length, 2);
  const { exitCode, err } = await tenant.allot(['group', 'restore', 'Twins']);
  assert.equal(exitCode, 1);
  assert.match(err, /^Several deleted groups are called 'Twins':\n {2}[0-9a-f-]{36} {2}deleted 2/);
  assert.match(err, /Name one by its id\.\n$/);
});
