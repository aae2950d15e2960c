import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, expectStatus, skus, startApi } from '../api/api-server.ts';
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
  await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 200 })),
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

/**
 * Runs the change while somebody else stands in its way.
 * @returns its answer; undefined: this time PostgreSQL ended the other one, because that one waited longer. Then the change met nothing.
 */
async function collide<T>({ hold, want }: Accident, change: () => Promise<T>): Promise<T | undefined> {
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
    // Whoever waits first finds the deadlock first, as a rule, and is ended: the change.
    const isLost = want !== undefined && (await other.query(want).then(() => false, isDeadlock));
    await other.query(isLost ? 'rollback' : 'commit');
    await outcome;
    const answer = await changing;
    return isLost ? undefined : answer;
  } finally {
    other.release();
  }
}

function isDeadlock(error: unknown): true {
  assert.equal(error instanceof Error && 'code' in error && error.code, '40P01');
  return true;
}

const attemptsMax = 10;

/** Again with others, until the change met the accident. */
async function untilMet(attempt: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < attemptsMax; tries++) if (await attempt()) return;
  assert.fail(`in ${attemptsMax} attempts the change never was the one to begin anew`);
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

/** Runs a change of one seat or more into an accident, and compares seats and the log before and after. */
async function assertOnce(
  accident: Accident,
  seats: number,
  status: number,
  change: () => Promise<Answer>,
): Promise<boolean> {
  const before = [await consumed(), await retries()] as const;
  const answer = await collide(accident, change);
  if (answer) assert.equal(answer.status, status, JSON.stringify(answer.body));
  await server.settle();
  assert.deepEqual([await consumed(), await retries()], [before[0] + seats, before[1] + (answer ? 1 : 0)]);
  return answer !== undefined;
}

const settled: Answer = { status: 200, body: undefined, headers: new Headers() };

for (const [name, accident] of Object.entries(accidents)) {
  test(`a direct assignment that meets ${name} is made once, and the log says that it began anew (L-19)`, () =>
    untilMet(async () => {
      const user = await createUser(server);
      await server.settle();
      const met = await assertOnce(accident, 1, 200, () =>
        server.call('POST', `/v1.0/users/${user}/assignLicense`, license),
      );
      assert.deepEqual(await statesOf(server, user), { 'ENTERPRISEPACK Direct': 'Active None' });
      return met;
    }));

  test(`background processing that meets ${name} settles everybody once (L-16, L-19)`, () =>
    untilMet(async () => {
      const group = await createGroup(server, `Staff ${name}`, [await createUser(server), await createUser(server)]);
      await server.settle();
      await expectStatus(202, server.call('POST', `/v1.0/groups/${group}/assignLicense`, license));
      return assertOnce(accident, 2, 200, async () => {
        await server.settle();
        return settled;
      });
    }));

  test(`seats that come while ${name} stands in the way go to who waits (L-16, L-19)`, () =>
    untilMet(async () => {
      await expectStatus(
        200,
        server.call('PATCH', `/allot/v1/subscriptions/${subscription}`, { units: await consumed() }),
      );
      const user = await createUser(server);
      await licenseGroup(server, await createGroup(server, `Late ${name}`, [user]), skus.e3);
      assert.deepEqual(Object.values(await statesOf(server, user)), ['Error CountViolation']);
      return assertOnce(accident, 1, 200, () =>
        server.call('PATCH', `/allot/v1/subscriptions/${subscription}`, { units: 200 }),
      );
    }));

  test(`a user restored while ${name} stands in the way has everything again (L-19, L-25)`, () =>
    untilMet(async () => {
      const user = await createUser(server);
      await expectStatus(200, server.call('POST', `/v1.0/users/${user}/assignLicense`, license));
      await expectStatus(204, server.call('DELETE', `/v1.0/users/${user}`));
      await server.settle();
      const met = await assertOnce(accident, 1, 200, () =>
        server.call('POST', `/v1.0/directory/deletedItems/${user}/restore`),
      );
      assert.deepEqual(await statesOf(server, user), { 'ENTERPRISEPACK Direct': 'Active None' });
      return met;
    }));
}

test('a bundle that is changed while somebody deadlocks with it is changed once (L-19)', () =>
  untilMet(async () => {
    const group = await createGroup(server, 'Bundle', [await createUser(server)]);
    await licenseGroup(server, group, skus.e3);
    const row = (table: string) =>
      `select from allot.${table} where tenant_id = '${ctx.tenantId}' and group_id = '${group}' for update`;
    return assertOnce({ hold: row('group_license'), want: row('group_licensing') }, -1, 202, () =>
      server.call('POST', `/v1.0/groups/${group}/assignLicense`, { addLicenses: [], removeLicenses: [skus.e3] }),
    );
  }));
