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

test('user history tells what changed and who caused it, newest first, also of a deleted user by id (L-31)', async () => {
  const name = `alex@${office.domain}`;
  const id = office.userIds.get('alex') ?? '';
  assert.match((await tenant.allot(['user', 'history', name])).out, /never had a license/);
  await tenant.allot(['user', 'assign', name, '--add', 'STANDARDPACK']);
  const given = new Date().toISOString();
  await tenant.allot(['user', 'assign', name, '--add', 'STANDARDPACK', '--disable', 'SWAY']);
  const { out, exitCode } = await tenant.allot(['user', 'history', name]);
  assert.equal(exitCode, 0);
  const [heading = '', off = '', on = ''] = out.split('\n');
  assert.match(heading, /SINCE\s+CAUSED BY\s+WHAT CHANGED/);
  assert.match(off, /Change user license \(.+\)\s+STANDARDPACK \(direct\): 1 service plan off/);
  assert.match(on, /Change user license \(.+\)\s+STANDARDPACK \(direct\): Active/);
  const then = await tenant.allot(['user', 'history', name, '--at', given]);
  assert.match(then.out, /STANDARDPACK\s+direct\s+Active/);

  await tenant.allot(['user', 'delete', name]);
  const moments = await allotJson<readonly { readonly causes: readonly string[] }[]>(tenant, 'user', 'history', id);
  assert.match(String(moments.at(-1)?.causes), /^Change user license \(.+\)$/);
  assert.match((await tenant.allot(['user', 'history', name])).err, /There is no user 'alex@/);
});
