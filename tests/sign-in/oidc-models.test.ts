import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';

import { sql } from 'kysely';

import { removeExpiredOidcModels } from '@allot/store';

import { readAddress } from '../../packages/server/src/sign-in/address.ts';
import { createModelAdapter } from '../../packages/server/src/sign-in/model-adapter.ts';
import { testDatabase } from '../database.ts';
import { createTenant } from './sign-in-server.ts';

const { db } = await testDatabase({ after });
const address = readAddress('https://licenses.example.com');
let tenantId = '';
beforeEach(async () => {
  ({ tenantId } = await createTenant(db));
});

test('what the provider stores it finds again, and the last word counts', async () => {
  const sessions = createModelAdapter({ db, tenantId, address }, 'Session');
  await sessions.upsert('s1', { uid: 'u1', loginTs: 1, acr: "it's" }, 60);
  await sessions.upsert('s1', { uid: 'u2', loginTs: 2 }, 60);
  assert.deepEqual(await sessions.find('s1'), { uid: 'u2', loginTs: 2 });
  assert.deepEqual(await sessions.findByUid('u2'), { uid: 'u2', loginTs: 2 });
  assert.equal(await sessions.findByUid('u1'), undefined);
  assert.equal(await sessions.find('s2'), undefined);
});

test('a device code is found by what the person typed', async () => {
  const codes = createModelAdapter({ db, tenantId, address }, 'DeviceCode');
  await codes.upsert('d1', { userCode: 'BCDF-GHJK' }, 60);
  assert.deepEqual(await codes.findByUserCode('BCDF-GHJK'), { userCode: 'BCDF-GHJK' });
  assert.equal(
    await createModelAdapter({ db, tenantId, address }, 'AuthorizationCode').findByUserCode('BCDF-GHJK'),
    undefined,
  );
});

test('a code that was used says when', async () => {
  const codes = createModelAdapter({ db, tenantId, address }, 'AuthorizationCode');
  await codes.upsert('c1', { grantId: 'g1' }, 60);
  await codes.consume('c1');
  const found = await codes.find('c1');
  assert.ok(found && Math.abs(Number(found.consumed) - Date.now() / 1000) < 60);
  assert.equal(Number.isInteger(found.consumed), true);
  assert.equal(found.grantId, 'g1');
});

test('a revoked grant takes every code and token with it, and no other', async () => {
  const codes = createModelAdapter({ db, tenantId, address }, 'AuthorizationCode');
  const tokens = createModelAdapter({ db, tenantId, address }, 'RefreshToken');
  await codes.upsert('c1', { grantId: 'g1' }, 60);
  await tokens.upsert('t1', { grantId: 'g1' }, 60);
  await tokens.upsert('t2', { grantId: 'g2' }, 60);
  await tokens.revokeByGrantId('g1');
  assert.deepEqual([await codes.find('c1'), await tokens.find('t1')], [undefined, undefined]);
  assert.deepEqual(await tokens.find('t2'), { grantId: 'g2' });
});

test('one tenant does not see, change or remove what another stored', async () => {
  const ours = createModelAdapter({ db, tenantId, address }, 'Session');
  const theirs = createModelAdapter({ db, tenantId: (await createTenant(db)).tenantId, address }, 'Session');
  await ours.upsert('s1', { uid: 'u1', grantId: 'g1' }, 60);
  assert.deepEqual([await theirs.find('s1'), await theirs.findByUid('u1')], [undefined, undefined]);
  await theirs.upsert('s1', { uid: 'u9' }, 60);
  await theirs.consume('s1');
  await theirs.revokeByGrantId('g1');
  await theirs.destroy('s1');
  assert.deepEqual(await ours.find('s1'), { uid: 'u1', grantId: 'g1' });
  await ours.destroy('s1');
  assert.equal(await ours.find('s1'), undefined);
});

test('expired models are removed, of the tenant that is named, and the others stay', async () => {
  const sessions = createModelAdapter({ db, tenantId, address }, 'Session');
  const theirs = createModelAdapter({ db, tenantId: (await createTenant(db)).tenantId, address }, 'Session');
  await sessions.upsert('expired', { uid: 'a' }, -120);
  await sessions.upsert('just expired', { uid: 'b' }, -10);
  await sessions.upsert('good', { uid: 'c' }, 60);
  await sessions.upsert('without end', { uid: 'd' });
  await theirs.upsert('expired', { uid: 'a' }, -120);
  assert.equal(await removeExpiredOidcModels(db, tenantId), 1);
  assert.equal(await removeExpiredOidcModels(db, tenantId), 0);
  const { rows } = await sql<{ id: string }>`
    select id from allot.oidc_model where tenant_id = ${tenantId} order by id
  `.execute(db);
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['good', 'just expired', 'without end'],
  );
  assert.deepEqual(await theirs.find('expired'), { uid: 'a' });
});

test('a client is an application of the tenant, and cannot be written', async () => {
  const tenant = await createTenant(db);
  const clients = createModelAdapter({ db, tenantId: tenant.tenantId, address }, 'Client');
  const found = await clients.find(tenant.clientId);
  assert.ok(found);
  assert.deepEqual(
    [found.client_id, found.client_name, found.grant_types],
    [tenant.clientId, 'Allot administration', ['client_credentials']],
  );
  assert.equal(await createModelAdapter({ db, tenantId, address }, 'Client').find(tenant.clientId), undefined);
  assert.equal(await clients.find("' or true --"), undefined);
  await assert.rejects(clients.upsert(tenant.clientId, {}), /reads applications and never writes them/);
});
