import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { deleteUser } from '../../packages/server/src/operations/directory/delete-user.ts';
import { changeManager } from '../../packages/server/src/operations/directory/reporting-line.ts';
import { restoreUser } from '../../packages/server/src/operations/directory/restore-deleted.ts';
import { updateUser } from '../../packages/server/src/operations/directory/update-user.ts';
import { noteRulesDue } from '@allot/store';
import { ageTenant } from '../age-tenant.ts';
import { testDatabase } from '../database.ts';
import { makeTenant, settleAll } from '../licensing/tenant.ts';
import { addRuleGroup, addUser, memberIds, ruleState, withCause } from './tenant.ts';

test('direct reports follow their manager: set, changed, deleted and restored (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  const [boss, one, two] = [await addUser(ctx), await addUser(ctx), await addUser(ctx)];
  await changeManager(withCause(ctx), one.id, boss.id);
  const group = await addRuleGroup(ctx, `Direct Reports for "${boss.id}"`);
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [one.id]);
  await changeManager(withCause(ctx), two.id, boss.id);
  await changeManager(withCause(ctx), one.id, two.id);
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [two.id]);
  await deleteUser(withCause(ctx), boss.id);
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), []);
  await restoreUser(withCause(ctx), boss.id);
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [two.id]);
});

test('a rule over time is followed as time passes, without anybody asking (L-26)', async (t) => {
  const database = await testDatabase(t);
  const ctx = await makeTenant(database);
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const here = await addUser(ctx, { employeeHireDate: inDays(-10) });
  const soon = await addUser(ctx, { employeeHireDate: inDays(0.5) });
  const later = await addUser(ctx, { employeeHireDate: inDays(3) });
  const group = await addRuleGroup(ctx, 'user.employeeHireDate -le system.now');
  const ahead = await addRuleGroup(ctx, 'user.employeeHireDate -le system.now -plus P2D');
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [here.id]);
  assert.deepEqual(await memberIds(ctx, ahead), [here.id, soon.id].toSorted());
  assert.equal((await ruleState(ctx, group))?.nextAt?.toISOString(), await hired(soon.id));
  // Somebody whose time comes earlier than any other's.
  await updateUser(withCause(ctx), later.id, { employeeHireDate: inDays(0.25) });
  await settleAll(ctx);
  assert.equal((await ruleState(ctx, group))?.nextAt?.toISOString(), await hired(later.id));
  assert.deepEqual(await memberIds(ctx, ahead), [here.id, soon.id, later.id].toSorted());

  // The day passes: hire dates are attributes of people, which stay, so they are moved along.
  await ageTenant(ctx.db, ctx.tenantId, 'P1D');
  await sql`
    update allot.directory_user set employee_hire_date = employee_hire_date - interval '1 day' where tenant_id = ${ctx.tenantId}
  `.execute(ctx.db);
  const { rows } = await sql<{ at: Date }>`
    select run_at as at from graphile_worker.jobs where key = ${`rules:${ctx.tenantId}`}
  `.execute(ctx.db);
  assert.ok((rows[0]?.at ?? new Date(8.64e15)) <= new Date(), 'the job is due');
  await ctx.db.transaction().execute((trx) => noteRulesDue(trx, ctx.tenantId, ctx.correlationId));
  await settleAll(ctx);
  assert.deepEqual(await memberIds(ctx, group), [here.id, soon.id, later.id].toSorted());

  async function hired(id: string): Promise<string | undefined> {
    const found = await sql<{
      at: Date;
    }>`select employee_hire_date as at from allot.directory_user where id = ${id}`.execute(ctx.db);
    return found.rows[0]?.at.toISOString();
  }
});
