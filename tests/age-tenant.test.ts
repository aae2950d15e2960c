import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import { insertTenant, wakeWorker } from '@allot/store';
import { ageTenant } from './age-tenant.ts';
import { silentLog, testDatabase } from './database.ts';
import { prepareDatabase } from '../packages/server/src/workers/prepare-database.ts';
import { addUsers, makeTenant } from './licensing/tenant.ts';

test('time that passes for a tenant moves its instants, keys and jobs, and nothing of another tenant', async (t) => {
  const database = await testDatabase(t);
  database.notChecked('its user is a row that nobody settles');
  await prepareDatabase(database, silentLog);
  const { db } = database;
  const ctx = await makeTenant(database);
  const other = { tenantId: randomUUID() };
  await insertTenant(db, {
    ...other,
    displayName: 'Other',
    initialDomain: 'other.example',
    defaultUsageLocation: null,
  });
  await addUsers(ctx, 1);
  await wakeWorker(db, ctx.tenantId);
  await sql`create table allot.tick (tenant_id uuid, at timestamptz, primary key (tenant_id, at))`.execute(db);
  await sql`
    insert into allot.tick select tenant_id, '2026-03-01T12:00:00Z'::timestamptz + n * interval '1 day'
    from allot.tenant, generate_series(0, 99) as n
  `.execute(db);
  await sql`update allot.directory_user set employee_hire_date = '2020-05-01' where tenant_id = ${ctx.tenantId}`.execute(
    db,
  );
  const read = async ({ tenantId }: { tenantId: string }) => {
    const { rows } = await sql<Readonly<Record<string, Date | null>>>`
      select t.created_at as tenant, u.created_at as user, u.employee_hire_date as hired, c.user_created_at_last as infinite,
             (select min(at) from allot.tick k where k.tenant_id = t.tenant_id) as first,
             (select max(at) from allot.tick k where k.tenant_id = t.tenant_id) as last,
             (select run_at from graphile_worker.jobs where key = 'settle:' || t.tenant_id) as job
      from allot.tenant t join allot.user_counter c using (tenant_id) left join allot.directory_user u using (tenant_id)
      where t.tenant_id = ${tenantId}
    `.execute(db);
    return Object.fromEntries(
      Object.entries(rows[0] ?? {}).map(([name, at]) => [name, at instanceof Date ? at.getTime() : at]),
    );
  };
  const [before, otherBefore] = [await read(ctx), await read(other)];

  await ageTenant(db, ctx.tenantId, 'P1DT1H');

  const passed = 25 * 3_600_000;
  const moved = Object.fromEntries(
    Object.entries(before).map(([name, at]) => [name, typeof at === 'number' && name !== 'hired' ? at - passed : at]),
  );
  assert.deepEqual(await read(ctx), { ...moved, infinite: Number.NEGATIVE_INFINITY });
  assert.deepEqual(await read(other), otherBefore);
});
