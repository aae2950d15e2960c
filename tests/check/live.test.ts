import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { CheckResult } from '@allot/contract';
import { keyOf, noFacts } from '@allot/engine';
import { hashOfKey, notePendingUsers } from '@allot/store';
import { sql } from 'kysely';
import { setUserAddresses } from '../../packages/server/src/operations/directory/user-addresses.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { reprocessGroup } from '../../packages/server/src/operations/licensing/reprocess.ts';
import { changeSettings } from '../../packages/server/src/operations/settings/change-settings.ts';
import { assertAgrees, checkResult, sentencesOf } from '../assert-agrees.ts';
import { testDatabase } from '../database.ts';
import { addMembers, addSeats, addUsers, makeTenant, settleAll, skus } from '../licensing/tenant.ts';
import { testServer } from '../server.ts';
import { checkedTenant } from './checked-tenant.ts';

test('nothing differs in the demo tenant', async (t) => {
  const server = await testServer(t, { demo: true });
  await server.settled();
  // `as`: what the route is declared to send.
  const result = (await server.call('GET', '/allot/v1/check')).body as CheckResult;
  assert.deepEqual(sentencesOf(result), []);
  assert.equal(result.clean, true);
  assert.deepEqual(result.pending, { users: 0, deferredUsers: 0, groups: 0, rules: 0 });
  assert.equal(result.checked.users, 1200);
  assert.ok(result.checked.cohorts > 10);
});

test('nothing differs at any moment while licenses change', async (t) => {
  const server = await testServer(t, { demo: true });
  // `as`: what Graph's lists of groups and products have.
  const { value: found } = (await server.call('GET', '/v1.0/groups?$top=999&$select=id,assignedLicenses')).body as {
    value: { id: string; assignedLicenses: { skuId: string; disabledPlans: string[] }[] }[];
  };
  const groups = found.filter(({ assignedLicenses }) => assignedLicenses.length > 0).slice(0, 6);
  assert.equal(groups.length, 6);
  const changes = (async () => {
    for (const { id, assignedLicenses } of groups) {
      const path = `/v1.0/groups/${id}/assignLicense`;
      const skuIds = assignedLicenses.map(({ skuId }) => skuId);
      const taken = await server.call('POST', path, { addLicenses: [], removeLicenses: skuIds });
      assert.equal(taken.status, 202, JSON.stringify(taken.body));
      const given = await server.call('POST', path, { addLicenses: assignedLicenses, removeLicenses: [] });
      assert.equal(given.status, 202, JSON.stringify(given.body));
    }
    await server.settled();
  })();
  let changing = true;
  const ended = changes.finally(() => (changing = false));
  do assert.equal(await agrees(server.database), undefined);
  while (changing);
  await ended;
});

const agrees = async (database: Parameters<typeof assertAgrees>[0]): Promise<void> =>
  void (await assertAgrees(database));

test('what is pending is told, left out, and the rest is checked', async (t) => {
  const database = await testDatabase(t);
  const { ctx, tenantId, users, groups, skus: products } = await checkedTenant(database);
  const { first, second, direct, flawed } = users;
  await addMembers(ctx, groups.sales, [direct.userNo]);
  await addMembers(ctx, groups.sales, [second.userNo], { remove: true });
  await assignGroupLicense(ctx, groups.visio, { addLicenses: [], removeLicenses: [products.visio] });
  await reprocessGroup(ctx, groups.mail);
  const before = await checkResult(database, tenantId);
  assert.deepEqual(sentencesOf(before), []);
  assert.deepEqual(before.pending, { users: 2, deferredUsers: 0, groups: 2, rules: 0 });

  await settleAll(ctx);
  await changeSettings(ctx, { autoResolve: false });
  await setUserAddresses(ctx, flawed.id, ['SMTP:of-its-own@test.example']);
  await addSeats(ctx, skus.e3, 10);
  const deferred = await checkResult(database, tenantId);
  assert.deepEqual(sentencesOf(deferred), []);
  assert.deepEqual(deferred.pending, { users: 0, deferredUsers: 2, groups: 0, rules: 1 });

  await addMembers(ctx, groups.mail, [first.userNo]);
  await changeSettings(ctx, { autoResolve: true });
  assert.equal(await assertAgrees(database), 3);
  await settleAll(ctx);
  assert.equal(await assertAgrees(database), 0);
});

test('nothing differs in a tenant of a hundred thousand users, of whom some wait', async (t) => {
  const database = await testDatabase(t);
  database.notChecked('the test does it');
  const ctx = await makeTenant(database);
  const { db, tenantId } = ctx;
  const [all, third] = [randomUUID(), randomUUID()];
  await addSeats(ctx, skus.e3, 40_000);
  await addSeats(ctx, skus.e1, 100_000);
  await addUsers(ctx, 100_000);
  await sql`
    insert into allot.directory_group (tenant_id, id, display_name, mail_nickname)
    values (${tenantId}, ${all}, 'All', 'all'), (${tenantId}, ${third}, 'Every third', 'third')
  `.execute(db);
  await sql`
    insert into allot.membership (tenant_id, group_id, user_no)
    select ${tenantId}::uuid, ${all}::uuid, n from generate_series(1, 100000) as n
    union all select ${tenantId}::uuid, ${third}::uuid, n from generate_series(3, 100000, 3) as n
  `.execute(db);
  await sql`
    insert into allot.user_address (tenant_id, address, user_no)
    select ${tenantId}, 'user' || n / 2 || '@test.example', n from generate_series(1, 1000) as n
  `.execute(db);
  // As if they had been created and settled before there were groups.
  await sql`
    insert into allot.cohort (tenant_id, key, place, shares_address, groups, members)
    values (${tenantId}, ${hashOfKey(keyOf({ facts: noFacts, exceptions: [] }))}, '', false, '{}', 100000)
  `.execute(db);
  await sql`
    insert into allot.user_cohort (tenant_id, user_no, cohort_id)
    select c.tenant_id, n, c.cohort_id from allot.cohort c, generate_series(1, 100000) as n where c.tenant_id = ${tenantId}
  `.execute(db);
  await notePendingUsers(
    db,
    tenantId,
    Array.from({ length: 1000 }, (_, i) => i + 1),
  );
  await sql`analyze`.execute(db);
  for (const [group, skuId] of [
    [all, skus.e3],
    [third, skus.e1],
  ] as const) {
    await assignGroupLicense(ctx, group, { addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] });
  }
  await settleAll(ctx);
  const result = await checkResult(database, tenantId);
  assert.deepEqual(sentencesOf(result), []);
  assert.deepEqual(result.pending, { users: 0, deferredUsers: 0, groups: 0, rules: 0 });
  assert.equal(result.checked.users, 100_000);
  const { rows } = await sql<{ count: number }>`select count(*) as count from allot.waiting`.execute(db);
  assert.ok((rows[0]?.count ?? 0) > 10_000);
});
