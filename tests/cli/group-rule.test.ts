import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { e3, setUpOffice } from './office.ts';
import { serveTenant } from './served-tenant.ts';
import type { ServedTenant } from './served-tenant.ts';

const tenant: ServedTenant = await serveTenant({ after });

before(async () => {
  await setUpOffice(tenant);
});

async function allot(...args: readonly string[]): Promise<string> {
  const { exitCode, out, err } = await tenant.allot(args);
  assert.equal(exitCode, 0, err);
  return out;
}

test('a rule is shown before it is set, set, tested, paused and taken away by the command line (L-26)', async () => {
  const group = 'Sales Europe';
  assert.match(await allot('group', 'rule', group), /follows no rule; its members are added and removed by hand/);
  await allot('group', 'assign', group, '--add', e3, '--wait');
  const users = JSON.parse(await allot('user', 'list', '--json'));
  const [{ userPrincipalName: first }] = users;
  const rule = `user.userPrincipalName -eq "${first}"`;

  const preview = await allot('group', 'rule', group, '--set', rule, '--dry-run');
  assert.match(preview, /^Nothing is changed\. With this rule Sales Europe has 1 members instead of 3\./);
  assert.match(preview, /seats {4}ENTERPRISEPACK: \d+ -> 1 of \d+/);
  assert.match(await allot('group', 'rule', group), /follows no rule/);

  const shown = await allot('group', 'rule', group, '--set', rule);
  assert.match(shown, /^Sales Europe\nrule {5}user\.userPrincipalName -eq .*\nstatus {3}/);
  const tested = await allot('group', 'rule', group, '--test', first);
  assert.match(tested, /^The rule names .*\n {2}true {3}user\.userPrincipalName -eq .* {3}\(userPrincipalName: /);
  const other = await allot('group', 'rule', group, '--test', first, '--set', 'user.city -ne null');
  assert.match(other, /^The rule does not name .*\n {2}false {2}user\.city -ne null {3}\(city: none\)/);

  assert.match(await allot('group', 'rule', group, '--pause'), /status {3}Update paused/);
  assert.match(
    await allot('group', 'rule', group, '--resume'),
    /status {3}(Not started|Evaluating|Processing|Update complete)/,
  );
  assert.match(await allot('group', 'rule', group, '--static'), /follows no rule/);

  const { exitCode, err } = await tenant.allot(['group', 'rule', group, '--set', 'user.cty -eq "a"']);
  assert.notEqual(exitCode, 0);
  assert.match(err, /'user\.cty' is not a property[\s\S]*Did you mean user\.city\?/);
});
