import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../embedded/processes.ts';
import { allMoments, holdAt } from './hold.ts';
import { newInstallation } from './installation.ts';
import { ready, runProgram } from './program.ts';
import { assertCountsAgree } from './recount.ts';
import { accepted, e3, ems, groupIds, groupsFile, hire, settled } from './staff.ts';

const users = 3_000;
const everybody = [{ displayName: 'Everybody', first: 0, step: 1, licenses: 'ENTERPRISEPACK' }];

test('kill -9 of a worker beside a server, and of the server beside a worker, loses nothing', async (t) => {
  const installation = await newInstallation(t);
  let { server, call } = await installation.start();
  await hire(call, users, { [e3]: 2_000, [ems]: users });
  await accepted(call, 'POST', '/allot/v1/imports/groups', groupsFile(users, everybody));
  await settled(call);
  const groupId = (await groupIds(call)).get('Everybody');
  const change = (assigned: boolean) =>
    accepted(call, 'POST', `/v1.0/groups/${groupId}/assignLicense`, {
      addLicenses: assigned ? [{ skuId: ems, disabledPlans: [] }] : [],
      removeLicenses: assigned ? [] : [ems],
    });
  const startWorker = async () => {
    const worker = runProgram(t, ['worker', '--data', installation.dataDir]);
    await worker.says(ready);
    return worker;
  };

  let database = await installation.look();
  let assigned = false;
  for (const moment of allMoments) {
    const worker = await startWorker();
    const held = await holdAt(database, moment, () => change((assigned = !assigned)));
    await worker.kill();
    await held.release();
    await settled(call);
    await assertCountsAgree(database);
  }

  const worker = await startWorker();
  const held = await holdAt(database, 'after pointers have moved and before seats are counted', () =>
    change((assigned = !assigned)),
  );
  await server.kill();
  await held.release();
  await database.close();
  ({ server, call } = await installation.start());
  await settled(call);
  database = await installation.look();
  await assertCountsAgree(database);
  // The worker has outlived the PostgreSQL that it had joined.
  const listening = `select from pg_stat_activity where application_name = 'allot worker' and query like 'LISTEN%'`;
  await until(async () => (await database.pool.query(listening)).rows.length === 1);
  await change((assigned = !assigned));
  await settled(call);
  await assertCountsAgree(database);
  await database.close();
  assert.equal(await worker.stop(), 0, worker.printed.err);
  assert.equal(await server.stop(), 0, server.printed.err);
});
