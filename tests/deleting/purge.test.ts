import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DELETED_DAYS } from '../../packages/server/src/operations/directory/purge-deleted.ts';
import { gone, openOffice, rowsLeft, skus, userNoOf } from './office.ts';

const office = await openOffice({ after });
const { server, ask, user, group } = office;
const { pool } = server.database;
const deleted = '/v1.0/directory/deletedItems';

test('after thirty days deleted users and groups go for good, by themselves; younger ones stay and can be restored', async () => {
  assert.equal(DELETED_DAYS, 30);
  await office.seats(skus.e3, 5);
  const [old, young, present] = [await user('old'), await user('young'), await user('present')];
  const members = [old, young, present];
  const [oldGroup, youngGroup] = [await group('Old', members), await group('Young', members)];
  const licensed = await group('Licensed', members, [{ skuId: skus.e3 }]);
  await server.settled();
  for (const id of [old, young]) await ask(204, 'DELETE', `/v1.0/users/${id}`);
  for (const id of [oldGroup, youngGroup]) await ask(204, 'DELETE', `/v1.0/groups/${id}`);
  await server.settled();
  const userNo = await userNoOf(office, old);
  for (const table of ['directory_user', 'directory_group']) {
    await pool.query(
      `update allot.${table} set deleted_at = now() - case when id = any($1) then interval '30 days 1 minute'
         else interval '29 days 23 hours' end where deleted_at is not null`,
      [[old, oldGroup]],
    );
  }
  await pool.query(`select graphile_worker.add_job('purgeDeleted')`);
  for (const id of [old, oldGroup]) await gone(office, `${deleted}/${id}`);
  assert.equal(await rowsLeft(office, { userNo }), 0);
  assert.equal(await rowsLeft(office, { groupId: oldGroup }), 0);
  assert.deepEqual(await office.audit('Hard Delete user', 'Hard Delete group'), [
    'Hard Delete user: old',
    'Hard Delete group: Old',
  ]);
  assert.equal(await office.consumed(skus.e3), 1);
  for (const id of [young, youngGroup]) await ask(200, 'POST', `${deleted}/${id}/restore`);
  assert.deepEqual(await office.has(young), [`e3 ${licensed} Active None`]);
  const left = await ask(200, 'GET', `/v1.0/groups/${youngGroup}/members?$select=id`);
  assert.deepEqual(
    left.value.map(({ id }: { id: string }) => id),
    [young, present],
  );
});

test('more than a batch of users goes in one run', async () => {
  await pool.query(
    `insert into allot.directory_user (tenant_id, user_no, id, created_at, deleted_at, user_principal_name, display_name, mail_nickname)
     select $1, 1000000 + n, gen_random_uuid(), now(), now() - interval '31 days', 'gone' || n, 'Gone ' || n, 'gone' || n
     from generate_series(1, 2500) as n`,
    [server.tenantId],
  );
  const { rows } = await pool.query<{ id: string }>('select id from allot.directory_user where user_no = 1002500');
  await pool.query(`select graphile_worker.add_job('purgeDeleted')`);
  await gone(office, `${deleted}/${rows[0]?.id}`);
  assert.deepEqual((await ask(200, 'GET', `${deleted}/microsoft.graph.user`)).value, []);
});

test('a worker looks for what is due every hour', async () => {
  const { rows } = await pool.query<{ known: string }>(
    `select identifier as known from graphile_worker._private_known_crontabs where identifier like 'purge%'`,
  );
  assert.deepEqual(rows, [{ known: 'purge-deleted' }]);
});
