import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, countPending, findGroupIds, forTenant, loadGroupLicensing } from '@allot/store';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { settlePending } from '../../packages/server/src/operations/licensing/settle-pending.ts';
import { silentLog, testDatabase } from '../database.ts';
import { holdAt } from './hold.ts';
import { openOffice } from './office.ts';
import { assertCountsAgree } from './recount.ts';
import { ems } from './staff.ts';

test('a worker that finds a group done by another one, after it saw it pending, does not leave it in progress', async (t) => {
  const database = await testDatabase(t);
  const ctx = await openOffice(database);
  while (await settlePending(ctx));
  const [groupId = ''] = await findGroupIds(ctx.db, ctx.tenantId, 'Everybody');

  let first: Promise<boolean> | undefined;
  const held = await holdAt(database, 'when only the commit is missing', async () => {
    await assignGroupLicense(ctx, groupId, { addLicenses: [{ skuId: ems, disabledPlans: [] }], removeLicenses: [] });
    first = settlePending(ctx);
  });
  // It still sees the group pending, says that it is at work on it, and waits for its turn.
  const late = await connect({
    databaseUrl: database.databaseUrl,
    poolSizeMax: 2,
    applicationName: 'late',
    log: silentLog,
  });
  database.beforeClose(() => late.close());
  const second = settlePending({ ...ctx, db: forTenant(late.db, ctx.tenantId) });
  const said = `select from pg_stat_activity where application_name = 'late' and query like '%update allot.group_licensing set state%'`;
  while ((await database.pool.query(said)).rows.length === 0) await sleep(10);
  await held.release();
  await Promise.all([first, second]);

  assert.equal(await countPending(ctx.db, ctx.tenantId), 0);
  const [licensing] = await loadGroupLicensing(ctx.db, ctx.tenantId, [groupId]);
  assert.equal(licensing?.state, 'ProcessingComplete');
  assert.equal(licensing?.done, 5_000);
  await assertCountsAgree(database);
});
