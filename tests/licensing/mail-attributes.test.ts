import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { sql } from 'kysely';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { settlePending } from '../../packages/server/src/operations/licensing/settle-pending.ts';
import { testDatabase } from '../database.ts';
import { addMembers, addSeats, addUsers, makeTenant, settleAll, skus } from './tenant.ts';

const yammer = '7547a3fe-08ee-4ccb-b430-5077c5041653';
const exchange2 = 'efb87545-963c-4e0d-99df-69c6916d9eb0';

/** Users without mail in a group; of those named, mail is there already. */
async function office(t: TestContext, { users: count, seats }: { readonly users: number; readonly seats: number }) {
  const ctx = await makeTenant(await testDatabase(t));
  const users = (await addUsers(ctx, count)).map(({ userNo }) => userNo);
  const group = await addMembers(ctx, undefined, users);
  await settleAll(ctx);
  await addSeats(ctx, skus.e3, seats);
  return {
    ctx,
    users,
    group,
    license: async (disabledPlans: readonly string[] = []) => {
      await assignGroupLicense(ctx, group, { addLicenses: [{ skuId: skus.e3, disabledPlans }], removeLicenses: [] });
      await settleAll(ctx);
    },
    setMail: (userNo: number) =>
      sql`update allot.directory_user set mail = 'own@mail.example' where tenant_id = ${ctx.tenantId} and user_no = ${userNo}`.execute(
        ctx.db,
      ),
    /** User numbers, in order, by whether they have mail. */
    mailed: async () => {
      const { rows } = await sql<{ userNo: number }>`
        select user_no as "userNo" from allot.directory_user
        where tenant_id = ${ctx.tenantId} and mail = user_principal_name and proxy_addresses[1] = 'SMTP:' || mail order by user_no
      `.execute(ctx.db);
      return rows.map(({ userNo }) => userNo);
    },
    left: async () => {
      const { rows } = await sql`select from allot.pending_mail where tenant_id = ${ctx.tenantId}`.execute(ctx.db);
      return rows.length;
    },
  };
}

test('who gets a scarce seat gets mail attributes, and who waits gets them with the seat (L-30, L-14)', async (t) => {
  const { ctx, users, license, mailed } = await office(t, { users: 5, seats: 2 });
  await license();
  assert.deepEqual(await mailed(), users.slice(0, 2));
  await addSeats(ctx, skus.e3, 1);
  await settleAll(ctx);
  assert.deepEqual(await mailed(), users.slice(0, 3));
});

test('a mailbox plan that is switched on for a whole cohort reaches those who lack mail and nobody else (L-30)', async (t) => {
  const { users, license, mailed, setMail } = await office(t, { users: 5, seats: 9 });
  await license([exchange2]);
  assert.deepEqual(await mailed(), []);
  await setMail(users[1] ?? 0);
  await license();
  assert.deepEqual(
    await mailed(),
    users.filter((userNo) => userNo !== users[1]),
  );
});

test('a mailbox that was there before gives nothing again, whatever is added to it', async (t) => {
  const { ctx, users, group, license, mailed } = await office(t, { users: 2, seats: 9 });
  await license();
  await sql`update allot.directory_user set mail = null where tenant_id = ${ctx.tenantId}`.execute(ctx.db);
  await license([yammer]);
  await addMembers(ctx, group, users.slice(0, 1), { remove: true });
  await settleAll(ctx);
  assert.deepEqual(await mailed(), []);
  await addMembers(ctx, group, users.slice(0, 1));
  await settleAll(ctx);
  assert.deepEqual(await mailed(), users.slice(0, 1));
});

test('more users than one transaction takes get mail attributes one part after the other, all in all', async (t) => {
  const count = 10_050;
  const { ctx, group, mailed, left } = await office(t, { users: count, seats: count });
  await assignGroupLicense(ctx, group, { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] });
  while ((await mailed()).length === 0) await settlePending(ctx);
  assert.equal(await left(), 50);
  await settleAll(ctx);
  assert.deepEqual([(await mailed()).length, await left()], [count, 0]);
  const { rows } = await sql<{ users: number }>`
    select (detail ->> 'value')::int as users from allot.audit, jsonb_array_elements(details::jsonb) as detail
    where tenant_id = ${ctx.tenantId} and activity = 'Update user' and detail ->> 'key' = 'users' order by 1
  `.execute(ctx.db);
  assert.deepEqual(
    rows.map(({ users }) => users),
    [50, 10_000],
  );
});
