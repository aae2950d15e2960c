import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, postgresPid, until } from '../embedded/processes.ts';
import { holdAt, type Moment } from './hold.ts';
import { type Installation, newInstallation } from './installation.ts';
import type { Call } from './program.ts';
import { assertCountsAgree, assertServerAgrees } from './recount.ts';
import { accepted, e3, ems, f1, groupIds, groupsFile, hire, pending, settled, type StaffGroup } from './staff.ts';

const groups: readonly StaffGroup[] = [
  { displayName: 'Everybody', first: 0, step: 1, licenses: 'ENTERPRISEPACK' },
  { displayName: 'Every second', first: 0, step: 2, licenses: 'EMS' },
  { displayName: 'Every third', first: 0, step: 3, licenses: 'EMS;DESKLESSPACK' },
];
const sample = (users: number): readonly number[] => Array.from({ length: 60 }, (_, i) => Math.floor((i * users) / 60));

/** What administrators ask for before each crash; every one of them reaches every member of its group. */
const crashes: readonly { readonly moment: Moment; readonly change: readonly [string, object] }[] = [
  {
    moment: 'before anything is planned',
    change: ['Every second', { addLicenses: [{ skuId: f1, disabledPlans: [] }], removeLicenses: [] }],
  },
  {
    moment: 'after pointers have moved and before seats are counted',
    change: ['Every third', { addLicenses: [], removeLicenses: [ems] }],
  },
  { moment: 'when only the commit is missing', change: ['Every second', { addLicenses: [], removeLicenses: [f1] }] },
];

test('kill -9 of the server at any moment of settling 100,000 users loses nothing that was accepted', async (t) => {
  const users = 100_000;
  const installation = await newInstallation(t);
  let { server, call } = await installation.start();
  // Fewer seats than users of two products: a line for seats survives, too.
  await hire(call, users, { [e3]: 70_000, [ems]: 55_000, [f1]: 200_000 });
  await accepted(call, 'POST', '/allot/v1/imports/groups', groupsFile(users, groups));
  assert.ok((await pending(call)) > 0, 'killed while the import is being settled');
  await server.kill();

  for (const { moment, change } of crashes) {
    ({ server, call } = await installation.start());
    await settled(call);
    await killAt(installation, call, moment, change, () => server.kill());
  }

  ({ server, call } = await installation.start());
  await settled(call);
  await assertAllIsWell(installation, call, users);
  assert.equal(await server.stop(), 0);
});

test('kill -9 of PostgreSQL at any moment of settling needs no restart of the server', async (t) => {
  const users = 5_000;
  const installation = await newInstallation(t);
  const { server, call } = await installation.start();
  await hire(call, users, { [e3]: 3_000, [ems]: 2_000, [f1]: 10_000 });
  await accepted(call, 'POST', '/allot/v1/imports/groups', groupsFile(users, groups));
  await settled(call);

  for (const { moment, change } of crashes) {
    const postgres = await postgresPid(installation.dataDir);
    await killAt(installation, call, moment, change, async () => {
      process.kill(postgres, 'SIGKILL');
      await until(async () => !(await isRunning(postgres)));
    });
    await until(async () => (await call('GET', '/allot/v1/processing')).status === 200);
    await settled(call);
  }

  await assertAllIsWell(installation, call, users);
  assert.equal(await server.stop(), 0);
});

/** Asks for a change and kills when the settling of it has come to this moment. */
async function killAt(
  installation: Installation,
  call: Call,
  moment: Moment,
  [group, body]: readonly [string, object],
  kill: () => Promise<void>,
): Promise<void> {
  const groupId = (await groupIds(call)).get(group);
  const database = await installation.look();
  // What is left of the change before (merging cohorts) would wait at the same moment, and keep every worker from settling this one.
  const working = 'select from graphile_worker.jobs where locked_by is not null';
  await until(async () => (await database.pool.query(working)).rows.length === 0);
  const held = await holdAt(database, moment, () =>
    accepted(call, 'POST', `/v1.0/groups/${groupId}/assignLicense`, body),
  );
  try {
    // Merging after the change before may be what waits there first; the settling of this one follows.
    while ((await stateOf(call, groupId)) !== 'ProcessingInProgress') await sleep(10);
    assert.ok((await accepted(call, 'GET', '/allot/v1/processing')).pending > 0);
    await kill();
  } finally {
    await held.release();
    await database.close();
  }
}

async function stateOf(call: Call, groupId: string | undefined): Promise<string | undefined> {
  const processing = await accepted(call, 'GET', '/allot/v1/processing');
  return processing.groups.find(({ id }: { id: string }) => id === groupId)?.state;
}

async function assertAllIsWell(installation: Installation, call: Call, users: number): Promise<void> {
  const database = await installation.look();
  await assertCountsAgree(database);
  await assertServerAgrees(call, database, sample(users));
  // What the last of the accepted changes say, so that "they agree" is not "both are empty".
  const { rows } = await database.pool.query('select distinct c.groups from allot.cohort c where c.members > 0');
  assert.ok(rows.length > 1);
  await database.close();
}
