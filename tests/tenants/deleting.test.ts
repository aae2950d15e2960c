import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { closeTenant, forTenant, isTenantGone, removeSomeRows } from '@allot/store';
import { sql } from 'kysely';
import { apiRoutes } from '../../packages/server/src/api/index.ts';
import { graphRoutes } from '../../packages/server/src/graph/index.ts';
import { deleteTenant } from '../../packages/server/src/operations/tenants/delete-tenant.ts';
import { fetchToken, testServer } from '../server.ts';
import { anotherTenant, done, fillTenant, settled } from './filled-tenant.ts';
import { insertRow, tablesOfTenants } from './tables.ts';

const server = await testServer({ after });
const { db, pool } = server.database;
const tables = await tablesOfTenants(pool);

/** Tables with rows of a tenant; and the job queue, if a job is for it. */
async function tablesWith(tenantId: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of tables) {
    if ((await pool.query(`select from allot.${name} where tenant_id = $1 limit 1`, [tenantId])).rowCount)
      found.push(name);
  }
  const jobs = await pool.query('select from graphile_worker._private_jobs where payload::text like $1', [
    `%${tenantId}%`,
  ]);
  return jobs.rowCount ? [...found, 'jobs'] : found;
}

/** A job goes a moment after its work is done. */
const rowsOf = (names: readonly string[]) => names.filter((name) => name !== 'jobs');

const first = { authorization: `Bearer ${await server.token()}` };
await fillTenant(server, 'First', first);

test('deleting a tenant leaves no row of it in any table, and other tenants work on', async () => {
  const { tenantId, headers } = await anotherTenant(server, 'Leaving');
  await fillTenant(server, 'Leaving', headers);
  await done(
    server,
    'POST',
    '/allot/v1/subscriptions',
    { skuId: '4b9405b0-7788-4568-add1-99614e613b69', units: 2, endDateTime: '2099-01-01T00:00:00Z' },
    headers,
  );
  assert.ok((await tablesWith(tenantId)).length > 20, String(await tablesWith(tenantId)));
  assert.ok((await tablesWith(tenantId)).includes('jobs'));
  const before = rowsOf(await tablesWith(server.tenantId));

  let deleted = false;
  const deleting = deleteTenant(db, tenantId).then(() => {
    deleted = true;
  });
  let users = 0;
  while (!deleted) {
    users += 1;
    const name = `new${users}`;
    const user = {
      displayName: name,
      mailNickname: name,
      userPrincipalName: `${name}@contoso.example`,
      accountEnabled: true,
    };
    await done(server, 'POST', '/v1.0/users', { ...user, passwordProfile: { password: 'not kept' } }, first);
  }
  await deleting;

  assert.deepEqual(await tablesWith(tenantId), []);
  await settled(server, first);
  assert.deepEqual(rowsOf(await tablesWith(server.tenantId)), before);
});

test('tokens of a deleted tenant are refused everywhere, and nobody gets a new one', async () => {
  const { tenantId, headers } = await anotherTenant(server, 'Tokens');
  const forbidden = { ...headers, consistencylevel: 'eventual' };
  await done(server, 'GET', '/v1.0/users', undefined, headers);
  await closeTenant(db, tenantId);
  const refused = async (): Promise<void> => {
    for (const { method, path } of [...graphRoutes, ...apiRoutes]) {
      if (method !== 'GET') continue;
      const asked = path.replace(/:\w+/g, randomUUID());
      const { status, body } = await server.call(method, asked, undefined, forbidden);
      // Some are refused for what they ask before anything is looked up.
      if (status !== 400) assert.deepEqual([status, body.error?.code], [401, 'InvalidAuthenticationToken'], asked);
    }
    const user = {
      displayName: 'New',
      mailNickname: 'new',
      userPrincipalName: 'new@contoso.example',
      accountEnabled: true,
    };
    const made = await server.call('POST', '/v1.0/users', { ...user, passwordProfile: { password: 'x' } }, forbidden);
    assert.equal(made.status, 401, JSON.stringify(made.body));
    assert.equal((await server.call('GET', '/v1.0/users', undefined, forbidden)).status, 401);
    await assert.rejects(fetchToken(server.baseUrl, tenantId, randomUUID(), 'secret'), /no token: 400/);
  };
  await refused();
  await deleteTenant(db, tenantId);
  await refused();
  assert.deepEqual(await tablesWith(tenantId), []);
});

test('a deletion that was interrupted is finished by doing it again', async () => {
  const { tenantId, headers } = await anotherTenant(server, 'Interrupted');
  await fillTenant(server, 'Interrupted', headers);
  await closeTenant(db, tenantId);
  await removeSomeRows(db, 'directory_user', tenantId);
  assert.ok((await tablesWith(tenantId)).length > 10);
  await deleteTenant(db, tenantId);
  assert.deepEqual(await tablesWith(tenantId), []);
  await deleteTenant(db, tenantId);
});

test('what a transaction under way writes is deleted, too, and none begins later', async () => {
  const { tenantId } = await anotherTenant(server, 'Writing');
  const own = forTenant(db, tenantId);
  const membership = tables.find(({ name }) => name === 'membership');
  assert.ok(membership);
  let finish = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let begun = (): void => undefined;
  const underWay = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const writing = own.transaction().execute(async (trx) => {
    begun();
    await held;
    await insertRow(trx, membership, tenantId);
  });
  await underWay;
  const deleting = deleteTenant(db, tenantId);
  await untilWaiting();
  await assert.rejects(sql`select 1`.execute(own), isTenantGone);
  finish();
  await Promise.all([writing, deleting]);
  assert.deepEqual(await tablesWith(tenantId), []);
  await assert.rejects(insertRow(own, membership, tenantId), isTenantGone);
});

/** Until the deletion waits for a transaction. */
async function untilWaiting(): Promise<void> {
  const waiting = `select from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock' and not granted`;
  while ((await pool.query(waiting)).rowCount === 0) await new Promise((again) => setTimeout(again, 5));
}

test('a job that finds its tenant deleted is done', async () => {
  const gone = randomUUID();
  for (const task of ['settle', 'subscriptions', 'rules']) {
    await pool.query('select graphile_worker.add_job($1, json_build_object($2::text, $3::text))', [
      task,
      'tenantId',
      gone,
    ]);
  }
  while ((await tablesWith(gone)).length > 0) {
    const failed = await pool.query('select last_error from graphile_worker.jobs where last_error is not null');
    assert.deepEqual(failed.rows, []);
    await new Promise((again) => setTimeout(again, 10));
  }
});
