import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { removeOldAudits } from '../../packages/server/src/operations/audit/remove-old-audits.ts';
import { testServer } from '../server.ts';

const server = await testServer({ after });
const { db } = server.database;
const settings = '/allot/v1/settings';

/** Entries that old. */
const age = (days: number, count: number) =>
  sql`
  insert into allot.audit (tenant_id, activity_at, activity, category, correlation_id, initiated_by)
  select ${server.tenantId}, now() - ${days} * interval '1 day', 'Update user', 'UserManagement', gen_random_uuid(), '{}'
  from generate_series(1, ${count})
`.execute(db);

async function countOld(days: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from allot.audit
    where tenant_id = ${server.tenantId} and activity_at < now() - ${days} * interval '1 day'
  `.execute(db);
  return rows[0]?.count ?? 0;
}

test('the audit log is kept forever unless a tenant says how long', async () => {
  assert.equal((await server.call('GET', settings)).body.auditRetention, null);
  await age(4000, 3);
  await removeOldAudits(db);
  assert.equal(await countOld(3999), 3);
});

test('entries older than auditRetention go soon after it was set, however many, and younger ones stay', async () => {
  await age(40, 25_000);
  await age(20, 5);
  assert.equal((await server.call('PATCH', settings, { auditRetention: 'P30D' })).body.auditRetention, 'P30D');
  while ((await countOld(30)) > 0) await sleep(20);
  assert.equal(await countOld(19), 5);
  assert.equal((await server.call('PATCH', settings, { auditRetention: null })).body.auditRetention, null);
});

for (const wrong of ['30 days', 'PT1H', 'P0D', '', 30]) {
  test(`auditRetention ${JSON.stringify(wrong)} is refused with what to send`, async () => {
    const { status, body } = await server.call('PATCH', settings, { auditRetention: wrong });
    assert.equal(status, 400);
    assert.match(JSON.stringify(body), /P30D/);
  });
}
