import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { countPending, type Database, findGroupIds } from '@allot/store';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { testDatabase, type TestScope } from '../database.ts';
import { allMoments, holdAt } from './hold.ts';
import { openOffice } from './office.ts';
import { type Program, ready, runProgram } from './program.ts';
import { assertCountsAgree } from './recount.ts';
import { ems } from './staff.ts';

test('a worker takes over what another one was at when it was killed, whatever that was', async (t) => {
  const database = await testDatabase(t);
  const scope = { after: (stop: () => Promise<void>) => database.beforeClose(stop) };
  const ctx = await openOffice(database);
  const [groupId = ''] = await findGroupIds(database.db, ctx.tenantId, 'Everybody');
  let workers = await Promise.all(['one', 'two'].map((name) => startWorker(scope, database.databaseUrl, name)));
  await untilNothingIsPending(ctx);

  let assigned = false;
  for (const [round, moment] of allMoments.entries()) {
    const held = await holdAt(database, moment, async () => {
      const license = assigned
        ? { addLicenses: [], removeLicenses: [ems] }
        : { addLicenses: [{ skuId: ems, disabledPlans: [] }], removeLicenses: [] };
      await assignGroupLicense(ctx, groupId, license);
      assigned = !assigned;
    });
    const holder = await whoHoldsTheJob(database);
    const killed = workers.find(({ name }) => name === holder);
    assert.ok(killed, `${holder} is one of the two`);
    await killed.program.kill();
    await held.release();
    await untilNothingIsPending(ctx);
    await assertCountsAgree(database);
    workers = [
      ...workers.filter((worker) => worker !== killed),
      await startWorker(scope, database.databaseUrl, `next${round}`),
    ];
  }
  await untilQueueIsEmpty(database);
  for (const { program } of workers) assert.equal(await program.stop(), 0, program.printed.err);
});

test('what a worker could not finish ever again while nobody else was there is done by the next that starts', async (t) => {
  const database = await testDatabase(t);
  const scope = { after: (stop: () => Promise<void>) => database.beforeClose(stop) };
  const ctx = await openOffice(database);
  // As after a day of a full disk: the queue has given up.
  await database.pool.query(
    `update graphile_worker._private_jobs set attempts = max_attempts, run_at = now() + interval '6 hours'`,
  );
  const { program } = await startWorker(scope, database.databaseUrl, 'late');
  await untilNothingIsPending(ctx);
  await assertCountsAgree(database);
  assert.equal(await program.stop(), 0, program.printed.err);
});

async function startWorker(
  scope: TestScope,
  databaseUrl: string,
  name: string,
): Promise<{ name: string; program: Program }> {
  const url = new URL(databaseUrl);
  url.searchParams.set('application_name', name);
  const program = runProgram(scope, ['worker'], { env: { DATABASE_URL: url.href } });
  await program.says(ready);
  return { name, program };
}

/** The application name of the process that works on the job, by the lock that shows it alive. */
async function whoHoldsTheJob({ pool }: Database): Promise<string> {
  for (;;) {
    const { rows } = await pool.query<{ name: string }>(`
      select a.application_name as name
      from graphile_worker.jobs j
      join pg_locks l on l.locktype = 'advisory' and l.granted
        and (l.classid::bigint << 32) | l.objid::bigint = hashtextextended(j.locked_by, 0)
      join pg_stat_activity a using (pid)`);
    if (rows[0]) return rows[0].name;
    await sleep(10);
  }
}

async function untilNothingIsPending({ db, tenantId }: Context): Promise<void> {
  while ((await countPending(db, tenantId)) > 0) await sleep(20);
}

/** A job is removed a moment after what it did was committed; jobs of the killed must not stay either. */
async function untilQueueIsEmpty({ pool }: Database): Promise<void> {
  while ((await pool.query('select from graphile_worker.jobs')).rows.length > 0) await sleep(20);
}
