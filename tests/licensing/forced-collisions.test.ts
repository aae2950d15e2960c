import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectStatus, skus, startApi } from '../api/api-server.ts';
import { createGroup, createUser, licenseGroup, statesOf } from '../api/directory.ts';
import { listAt, textAt } from '../api/json.ts';

/**
 * The two accidents that PostgreSQL answers with "begin anew", made to happen: somebody else holds a row that the change will want, and then
 * either wants one that the change holds (deadlock), or commits another version of it (serialization failure).
 */
const server = await startApi({ after });
const { database, ctx } = server;
const { pool } = database;
const subscription = textAt(
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 50 })),
  'id',
);
const tenantRow = `select from allot.tenant where tenant_id = '${ctx.tenantId}' for update`;
const productRow = `update allot.product set display_name = display_name where tenant_id = '${ctx.tenantId}' and product_id = '${skus.e3}'`;

interface Accident {
  /** What somebody else holds, and the change will want. */
  readonly hold: string;
  /** What somebody else wants then, and the change holds; undefined: commits. */
  readonly want: string | undefined;
}

const accidents: Readonly<Record<string, Accident>> = {
  'a deadlock (40P01)': { hold: productRow, want: tenantRow },
  'a serialization failure (40001)': { hold: productRow, want: undefined },
};

/** Runs the change while somebody else stands in its way. */
async function collide<T>({ hold, want }: Accident, change: () => Promise<T>): Promise<T> {
  const other = await pool.connect();
  try {
    const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
    await other.query('begin');
    await other.query(hold);
    const changing = change();
    const outcome = changing.then(
      () => undefined,
      () => undefined,
    );
    while (!(await isWaitedFor(rows[0]?.pid ?? 0))) await sleep(5);
    // Whoever waits first finds the deadlock first, and is ended: the change.
    if (want !== undefined) await other.query(want);
    await other.query('commit');
    await outcome;
    return await changing;
  } finally {
    other.release();
  }
}

async function isWaitedFor(pid: number): Promise<boolean> {
  const { rows } = await pool.query('select from pg_stat_activity where $1 = any(pg_blocking_pids(pid))', [pid]);
  return rows.length > 0;
}

const retries = async (): Promise<number> => {
  const filter = `$filter=activityDisplayName eq 'Change user license' and result eq 'failure'`;
  const entries = await expectStatus(200, server.call('GET', `/v1.0/auditLogs/directoryAudits?${filter}&$top=999`));
  return listAt(entries, 'value').filter(
    (entry) => textAt(entry, 'resultReason') === 'LicenseAssignmentAttributeConcurrencyException',
  ).length;
};

const license = { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] };
const consumed = async (): Promise<number> => {
  const { rows } = await pool.query<{ consumed: number }>(
    'select consumed from allot.product where tenant_id = $1 and product_id = $2',
    [ctx.tenantId, skus.e3],
  );
  return rows[0]?.consumed ?? 0;
};

for (const [name, accident] of Object.entries(accidents)) {
  test(`a direct assignment that meets ${name} is made once, and the log says that it began anew (L-19)`, async () => {
    const user = await createUser(server);
    await server.settle();
    const before = [await consumed(), await retries()] as const;
    const assign = () => server.call('POST', `/v1.0/users/${user}/assignLicense`, license);
    await expectStatus(200, collide(accident, assign));
    assert.deepEqual([await consumed(), await retries()], [before[0] + 1, before[1] + 1]);
    assert.deepEqual(await statesOf(server, user), { 'ENTERPRISEPACK Direct': 'Active None' });
  });

  test(`background processing that meets ${name} settles everybody once (L-16, L-19)`, async () => {
    const group = await createGroup(server, `Staff ${name}`, [await createUser(server), await createUser(server)]);
    await server.settle();
    await expectStatus(202, server.call('POST', `/v1.0/groups/${group}/assignLicense`, license));
    const before = [await consumed(), await retries()] as const;
    await collide(accident, () => server.settle());
    assert.deepEqual([await consumed(), await retries()], [before[0] + 2, before[1] + 1]);
  });

  test(`seats that come while ${name} stands in the way go to who waits (L-16, L-19)`, async () => {
    await expectStatus(
      200,
      server.call('PATCH', `/allot/v1/subscriptions/${subscription}`, { units: await consumed() }),
    );
    const user = await createUser(server);
    await licenseGroup(server, await createGroup(server, `Late ${name}`, [user]), skus.e3);
    assert.deepEqual(Object.values(await statesOf(server, user)), ['Error CountViolation']);
    const before = [await consumed(), await retries()] as const;
    const buy = () => server.call('PATCH', `/allot/v1/subscriptions/${subscription}`, { units: 50 });
    await expectStatus(200, collide(accident, buy));
    assert.deepEqual([await consumed(), await retries()], [before[0] + 1, before[1] + 1]);
  });

  test(`a user restored while ${name} stands in the way has everything again (L-19, L-25)`, async () => {
    const user = await createUser(server);
    await expectStatus(200, server.call('POST', `/v1.0/users/${user}/assignLicense`, license));
    await expectStatus(204, server.call('DELETE', `/v1.0/users/${user}`));
    await server.settle();
    const before = [await consumed(), await retries()] as const;
    const restore = () => server.call('POST', `/v1.0/directory/deletedItems/${user}/restore`);
    await expectStatus(200, collide(accident, restore));
    assert.deepEqual([await consumed(), await retries()], [before[0] + 1, before[1] + 1]);
    assert.deepEqual(await statesOf(server, user), { 'ENTERPRISEPACK Direct': 'Active None' });
  });
}

test('a bundle that is changed while somebody deadlocks with it is changed once (L-19)', async () => {
  const group = await createGroup(server, 'Bundle', [await createUser(server)]);
  await licenseGroup(server, group, skus.e3);
  const before = [await consumed(), await retries()] as const;
  const row = (table: string) =>
    `select from allot.${table} where tenant_id = '${ctx.tenantId}' and group_id = '${group}' for update`;
  const remove = () =>
    server.call('POST', `/v1.0/groups/${group}/assignLicense`, { addLicenses: [], removeLicenses: [skus.e3] });
  await expectStatus(202, collide({ hold: row('group_license'), want: row('group_licensing') }, remove));
  await server.settle();
  assert.deepEqual([await consumed(), await retries()], [before[0] - 1, before[1] + 1]);
});
