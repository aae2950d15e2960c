import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@allot/store';
import { silentLog } from '../database.ts';
import { everyTenant } from '../every-tenant.ts';
import { temporaryDirectory } from '../embedded/temporary-directory.ts';
import { until } from '../embedded/processes.ts';
import { ownCluster } from './cluster.ts';
import { lock } from './hold.ts';
import { untilHealthy } from './installation.ts';
import { type Answer, callerOf, freePort, ready, runProgram } from './program.ts';
import { assertCountsAgree, assertServerAgrees } from './recount.ts';
import { accepted, e3, ems, groupIds, groupsFile, hire, nameOf, settled, usersFile } from './staff.ts';

const users = 2_000;
const give = (skuId: string) => ({ addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] });

test('while the database is away requests say so, and once it is back everything works without a restart', async (t) => {
  const cleanUps: (() => Promise<void>)[] = [];
  t.after(async () => {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  });
  const scope = { after: (cleanUp: () => Promise<void>) => void cleanUps.push(cleanUp) };
  const cluster = await ownCluster(scope);
  const dataDir = join(await temporaryDirectory(), 'data');
  const [port, env] = [String(await freePort()), { DATABASE_URL: cluster.databaseUrl }];
  const server = runProgram(scope, ['serve', '--data', dataDir, '--demo', 'off', '--port', port], { env });
  await untilHealthy(`http://127.0.0.1:${port}`, server);
  const worker = runProgram(scope, ['worker'], { env });
  await worker.says(ready);
  const call = await callerOf(dataDir);
  await hire(call, users, { [e3]: 1_500, [ems]: users });
  const groups = [{ displayName: 'Everybody', first: 0, step: 1, licenses: 'ENTERPRISEPACK' }];
  await accepted(call, 'POST', '/allot/v1/imports/groups', groupsFile(users, groups));
  await settled(call);
  const groupId = (await groupIds(call)).get('Everybody') ?? '';

  // It goes away in the middle of a call and of a worker's job.
  const database = await connect({
    databaseUrl: everyTenant(cluster.databaseUrl),
    poolSizeMax: 3,
    applicationName: 'test',
    log: silentLog,
  });
  const held = await lock(database, 'before anything is planned');
  const direct = call('POST', `/v1.0/users/${nameOf(7)}/assignLicense`, give(ems));
  await held.reached();
  await accepted(call, 'POST', `/v1.0/groups/${groupId}/assignLicense`, give(ems));
  await until(
    async () =>
      (await database.pool.query('select from graphile_worker.jobs where locked_by is not null')).rows.length > 0,
  );
  await cluster.stop();
  await held.release();
  await database.close();
  // It may have been at its commit when the connection broke; nobody can know, and the answer says so.
  assertAway(await direct, /[Nn]othing was changed/);
  assertAway(await call('GET', '/allot/v1/summary'));
  assertAway(await call('POST', `/v1.0/users/${nameOf(8)}/assignLicense`, give(ems)));
  assertAway(await call('POST', `/v1.0/groups/${groupId}/assignLicense`, { addLicenses: [], removeLicenses: [e3] }));
  assertAway(await call('POST', '/allot/v1/imports/users', usersFile(10)));
  // Long enough for workers to fail a few times.
  await sleep(3_000);

  await cluster.start();
  await until(async () => (await call('GET', '/allot/v1/processing')).status === 200);
  await settled(call);
  const again = await connect({
    databaseUrl: everyTenant(cluster.databaseUrl),
    poolSizeMax: 3,
    applicationName: 'test',
    log: silentLog,
  });
  scope.after(() => again.close());
  await assertCountsAgree(again);
  await assertServerAgrees(call, again, [0, 7, 8, 1_999]);
  await until(async () => (await listeners(again.pool)) === 2);
  // What failed was not done; what is asked for now is.
  await accepted(call, 'POST', `/v1.0/users/${nameOf(7)}/assignLicense`, give(ems));
  await accepted(call, 'POST', `/v1.0/groups/${groupId}/assignLicense`, { addLicenses: [], removeLicenses: [ems] });
  await settled(call);
  await assertCountsAgree(again);
  const { body } = await call('GET', '/v1.0/subscribedSkus');
  const consumed = body.value.find(({ skuId }: { skuId: string }) => skuId === ems).consumedUnits;
  assert.equal(consumed, 1);
  assert.equal(await worker.stop(), 0, worker.printed.err);
  assert.equal(await server.stop(), 0, server.printed.err);
});

function assertAway({ status, headers, body }: Answer, message = /Nothing was changed/): void {
  assert.equal(status, 503, JSON.stringify(body));
  assert.match(headers.get('retry-after') ?? '', /^\d+$/);
  assert.match(body.error.message, message);
}

type Pool = Awaited<ReturnType<typeof connect>>['pool'];

/** Connections that wait for jobs to be announced. */
async function listeners(pool: Pool): Promise<number> {
  const { rows } = await pool.query(`select from pg_stat_activity where query like 'LISTEN "jobs:insert"%'`);
  return rows.length;
}
