import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, joinEmbedded } from '@allot/store';
import { silentLog } from '../database.ts';
import { everyTenant } from '../every-tenant.ts';
import { testServer } from '../server.ts';
import { untilHealthy } from './installation.ts';
import { type Answer, callerOf, freePort, runProgram } from './program.ts';
import { assertCountsAgree, assertServerAgrees } from './recount.ts';
import { mountSmallDisk } from './small-disk.ts';
import { accepted, e3, ems, groupIds, groupsFile, hire, nameOf, settled, usersFile } from './staff.ts';

const give = (skuId: string) => ({ addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] });
const everybody = [{ displayName: 'Everybody', first: 0, step: 1, licenses: 'ENTERPRISEPACK' }];

test('a change that finds no room is refused with 507 and not half done; one in the background is done once there is room', async (t) => {
  const users = 500;
  const { database, data } = await testServer(t, { settings: { ALLOT_LOG_LEVEL: 'silent' } });
  const call = await callerOf(data);
  await hire(call, users, { [e3]: 300, [ems]: users });
  await accepted(call, 'POST', '/allot/v1/imports/groups', groupsFile(users, everybody));
  await settled(call);
  const groupId = (await groupIds(call)).get('Everybody');

  // PostgreSQL's own error of a full disk, at the last table that a plan writes and in the middle of an import.
  await database.pool.query(`
    create function public.no_room() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
    create trigger no_room before update of consumed on allot.product execute function public.no_room();
    create trigger no_room before insert on allot.directory_user execute function public.no_room();`);
  for (const answer of [
    await call('POST', `/v1.0/users/${nameOf(3)}/assignLicense`, give(ems)),
    await call('POST', '/allot/v1/imports/users', usersFile(users + 50)),
  ]) {
    assertNoRoom(answer, [507]);
  }
  await accepted(call, 'POST', `/v1.0/groups/${groupId}/assignLicense`, give(ems));
  const failures = `select from graphile_worker.jobs where last_error like '%No space left%'`;
  while ((await database.pool.query(failures)).rows.length === 0) await sleep(20);
  assert.ok((await accepted(call, 'GET', '/allot/v1/processing')).pending > 0);

  await database.pool.query('drop function public.no_room cascade');
  await settled(call);
  await assertCountsAgree(database);
  await assertServerAgrees(call, database, [0, 3, 499]);
  const { rows } = await database.pool.query('select count(*)::int as users from allot.directory_user');
  assert.deepEqual(rows, [{ users }]);
  await accepted(call, 'POST', '/allot/v1/imports/users', usersFile(users + 50));
  await accepted(call, 'POST', `/v1.0/users/${nameOf(3)}/assignLicense`, give(ems));
});

test('a server whose disk is really full says so, loses nothing, and goes on when there is room', async (t) => {
  const cleanUps: (() => Promise<void>)[] = [];
  t.after(async () => {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  });
  const scope = { after: (cleanUp: () => Promise<void>) => void cleanUps.push(cleanUp) };
  const disk = await mountSmallDisk(scope, diskMegabytes);
  // Where nobody lets us mount one, the test above has to do.
  if (disk === undefined) return t.diagnostic('No file system may be mounted here.');
  const dataDir = join(disk.folder, 'data');
  const port = String(await freePort());
  const server = runProgram(scope, ['serve', '--data', dataDir, '--demo', 'off', '--port', port], {
    env: { ALLOT_LOG_LEVEL: 'silent' },
  });
  await untilHealthy(`http://127.0.0.1:${port}`, server);
  const call = await callerOf(dataDir);
  const users = 1_000;
  await hire(call, users, { [e3]: 600, [ems]: users });
  await accepted(call, 'POST', '/allot/v1/imports/groups', groupsFile(users, everybody));
  await settled(call);

  await disk.fill(256 * 1024);
  const refused: Answer[] = [];
  for (let round = 0; refused.length < 3; round += 1) {
    const answer = await call('POST', '/allot/v1/imports/users', usersFile(users + 1_000 * (round + 1)));
    if (answer.status !== 200) refused.push(answer);
  }
  for (const answer of refused) assertNoRoom(answer, [503, 507]);

  await disk.free();
  while ((await call('GET', '/allot/v1/processing')).status !== 200) await sleep(50);
  await settled(call);
  const { databaseUrl, release } = await joinEmbedded({ dataDir });
  const database = await connect({
    databaseUrl: everyTenant(databaseUrl),
    poolSizeMax: 2,
    applicationName: 'test',
    log: silentLog,
  });
  scope.after(async () => {
    await database.close();
    await release();
  });
  const { rows } = await database.pool.query<{ users: number }>(
    'select count(*)::int as users from allot.directory_user',
  );
  assert.equal((rows[0]?.users ?? 0) % 1_000, 0, 'imports are whole or not at all');
  await assertCountsAgree(database);
  await accepted(call, 'POST', `/v1.0/users/${nameOf(3)}/assignLicense`, give(ems));
  await assertServerAgrees(call, database, [0, 3, 999]);
  assert.equal(await server.stop(), 0);
});

/** Room for PostgreSQL's programs where they are copied, its cluster, and little more. */
const diskMegabytes = 320;

function assertNoRoom({ status, body, headers }: Answer, statuses: readonly number[]): void {
  assert.ok(statuses.includes(status), `${status} ${JSON.stringify(body)}`);
  assert.match(headers.get('retry-after') ?? '', /^\d+$/);
  assert.match(body.error.message, /[Nn]othing was changed/);
}
