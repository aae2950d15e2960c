import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Account, AccountWithLink, Application, ApplicationWithSecret } from '@allot/contract';
import { makeCertificate } from '../client-certificate.ts';
import { fetchToken } from '../server.ts';
import { type Office, setUpOffice } from './office.ts';
import { allotJson, serveTenant, type ServedTenant } from './served-tenant.ts';

const tenant: ServedTenant = await serveTenant({ after });
let office: Office;

before(async () => {
  office = await setUpOffice(tenant);
});

const upn = (name: string): string => `${name}@${office.domain}`;

async function allot(...args: readonly string[]): Promise<string> {
  const { exitCode, out, err } = await tenant.allot(args);
  assert.equal(exitCode, 0, err);
  return out;
}

/** What a command that is refused says. */
async function refused(...args: readonly string[]): Promise<string> {
  const { exitCode, err } = await tenant.allot(args);
  assert.notEqual(exitCode, 0, args.join(' '));
  return err;
}

const tenantId = async (): Promise<string> =>
  (await tenant.client.get<{ readonly tenantId: string }>('/allot/v1/me')).tenantId;

test('people get an account with a one-time link, are shut out, let in again, and lose it', async () => {
  const made = await allot('account', 'create', upn('adele'));
  assert.match(made, new RegExp(`^${upn('adele')} sets password and authenticator app, once, with\nhttp://`));
  const [local] = await allotJson<readonly [AccountWithLink]>(
    tenant,
    'account',
    'create',
    'eve',
    '--local',
    '--display-name',
    'Eve Example',
  );
  assert.deepEqual([local.displayName, local.local, local.ready], ['Eve Example', true, false]);
  assert.equal((await fetch(local.link)).status, 200);

  const list = await allotJson<readonly Account[]>(tenant, 'account', 'list');
  assert.deepEqual(
    list.map(({ signInName, local: isLocal, enabled }) => `${signInName} ${isLocal} ${enabled}`).toSorted(),
    [`admin@${office.domain} true true`, `${upn('adele')} false true`, 'eve true true'].toSorted(),
  );
  assert.match(await allot('account', 'list'), /^ACCOUNT +NAME +LOCAL +ENABLED +PASSWORD SET\n/);

  const [again] = await allotJson<readonly [AccountWithLink]>(tenant, 'account', 'link', 'EVE');
  assert.notEqual(again.link, local.link);
  assert.equal(await allot('account', 'disable', 'eve'), 'eve may not sign in any more\n');
  assert.match(await refused('account', 'link', 'eve'), /The account is disabled\.\n.*Enable the account/s);
  assert.equal(await allot('account', 'enable', 'eve'), 'eve may sign in\n');
  assert.equal(await allot('account', 'delete', 'eve'), 'eve has no account any more\n');
  assert.match(await refused('account', 'delete', 'eve'), /There is no account 'eve'/);
  assert.match(await refused('account', 'create', upn('adele')), /There is an account with this name or for this user/);
  assert.match(await refused('account', 'create', upn('adela')), /There is no user 'adela@.*\n.*Did you mean 'adele@/);
  assert.match(
    await refused('account', 'create', upn('alex'), '--display-name', 'A'),
    /--display-name goes with --local/,
  );
  assert.match(await refused('account', 'delete', `admin@${office.domain}`), /last|one Global Administrator/i);
});

test('roles are given everywhere and for a group, listed by name, and taken away', async () => {
  const alex = upn('alex');
  assert.match(await allot('role', 'list', '--available'), /^ROLE +WHAT IT MAY DO\nGlobal Administrator +Everything/);
  assert.equal(
    await allot('role', 'assign', 'license administrator', alex),
    `${alex} is License Administrator everywhere\n`,
  );
  assert.equal(
    await allot('role', 'assign', 'Groups Administrator', alex, '--group', 'Sales Europe'),
    `${alex} is Groups Administrator for Sales Europe\n`,
  );
  assert.match(await refused('role', 'assign', 'License Administrator', alex), /The person has this role/);
  const listed = await allot('role', 'list', '--person', alex);
  assert.match(listed, /^PERSON +ROLE +FOR\n/);
  assert.match(listed, /^alex@\S+ +License Administrator +everywhere$/m);
  assert.match(listed, /^alex@\S+ +Groups Administrator +Sales Europe$/m);
  const all = await allotJson<readonly Record<string, unknown>[]>(tenant, 'role', 'list');
  assert.deepEqual(
    all.map(({ person, role, groupId }) => [person, role, groupId]),
    [
      [`admin@${office.domain}`, 'Global Administrator', null],
      [alex, 'License Administrator', null],
      [alex, 'Groups Administrator', office.groupIds.get('sales')],
    ],
  );
  assert.match(await refused('role', 'remove', 'Groups Administrator', alex), /is not Groups Administrator everywhere/);
  assert.equal(
    await allot('role', 'remove', 'Groups Administrator', alex, '--group', 'Sales Europe'),
    `${alex} is not Groups Administrator for Sales Europe any more\n`,
  );
  await allot('role', 'remove', 'License Administrator', alex);
  assert.equal(await allot('role', 'list', '--person', alex), 'No roles.\n');
  assert.match(await refused('role', 'assign', 'License Admin', alex), /Did you mean 'License Administrator'/);
  assert.match(await refused('role', 'assign', 'License Administrator', 'nobody'), /There is no account 'nobody'/);
  const administrator = `admin@${office.domain}`;
  assert.match(await refused('role', 'remove', 'Global Administrator', administrator), /Global Administrator/);
});

test('an application is registered, gets a secret that works, certificates by file, and is deleted', async () => {
  const name = 'Joiners and leavers';
  const made = await allot('application', 'create', name, '--permissions', 'User.Read.All,Group.Read.All');
  const [, id = ''] = /^Joiners and leavers is the application (\S+)\nallot application secret/.exec(made) ?? [];
  const [{ secret }] = await allotJson<readonly [ApplicationWithSecret]>(tenant, 'application', 'secret', name);
  assert.ok(await fetchToken(tenant.client.baseUrl, await tenantId(), id, secret));
  assert.match(await allot('application', 'secret', id), /has the secret\n\S+\nIt is not shown again\.\n$/);
  await assert.rejects(fetchToken(tenant.client.baseUrl, await tenantId(), id, secret), /401/);

  const { certFile, keyFile, cert, key } = await makeCertificate({ after });
  const both = join(tenant.folder, 'both.pem');
  await writeFile(both, `${key}\n${cert}`);
  assert.equal(await allot('application', 'certificate', name), 'It has no certificates.\n');
  const [{ thumbprint }] = await allotJson<readonly [{ thumbprint: string }]>(
    tenant,
    'application',
    'certificate',
    name,
    '--add',
    both,
  );
  assert.match(await refused('application', 'certificate', name, '--add', keyFile), /has no certificate in it/);
  assert.match(await refused('application', 'certificate', name, '--add', `${certFile}.gone`), /cannot be read/);
  assert.match(await refused('application', 'certificate', name, '--add', 'a', '--remove', 'b'), /Only one of/);
  assert.equal(await allot('application', 'certificate', name, '--remove', thumbprint), 'It has no certificates.\n');

  const [dashboard] = await allotJson<readonly [Application]>(
    tenant,
    'application',
    'create',
    'Dashboard',
    '--delegated',
    'User.Read',
    '--public',
    '--redirect-uri',
    'https://a.example/in',
    'http://localhost',
  );
  assert.deepEqual([dashboard.publicClient, dashboard.redirectUris.length, dashboard.hasSecret], [true, 2, false]);
  const listed = await allot('application', 'list');
  assert.match(listed, /^Joiners and leavers +\S+ +yes +0 +no +User\.Read\.All, Group\.Read\.All$/m);
  assert.match(listed, /^Dashboard +\S+ +no +0 +yes +User\.Read \(of people\)$/m);
  assert.equal(await allot('application', 'delete', 'dashboard'), 'Dashboard is deleted\n');
  assert.match(await refused('application', 'delete', 'Dashbord'), /There is no application 'Dashbord'/);
  assert.match(await refused('application', 'create', 'x', '--permissions', 'Everything'), /permission of Graph/);
});
