import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '@allot/store';
import { notePendingUsers } from '@allot/store';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { changeWorld } from '../../packages/server/src/operations/licensing/change-world.ts';
import { readUserLicensing } from '../../packages/server/src/operations/licensing/read-user-licensing.ts';
import { settlePending } from '../../packages/server/src/operations/licensing/settle-pending.ts';

/** A small tenant made by statements, for tests of the licensing operations alone. */
export const skus = {
  e1: '18181a46-0d4e-45cd-891e-60aabd171b4e',
  e3: '6fd2c87f-b296-42f0-b197-1e91e994b900',
} as const;

const plans = {
  exchange1: '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
  exchange2: 'efb87545-963c-4e0d-99df-69c6916d9eb0',
  yammer: '7547a3fe-08ee-4ccb-b430-5077c5041653',
} as const;

/** @param initialDomain another one for each tenant of a database */
export async function makeTenant({ db }: Database, initialDomain = 'test.example'): Promise<Context> {
  const tenantId = randomUUID();
  await sql`insert into allot.tenant (tenant_id, display_name, initial_domain) values (${tenantId}, 'Test', ${initialDomain})`.execute(
    db,
  );
  await sql`
    insert into allot.plan (tenant_id, plan_id, name, display_name, mailbox)
    select ${tenantId}, id, name, name, mailbox from (values
      (${plans.exchange1}::uuid, 'EXCHANGE_S_STANDARD', true), (${plans.exchange2}::uuid, 'EXCHANGE_S_ENTERPRISE', true),
      (${plans.yammer}::uuid, 'YAMMER_ENTERPRISE', false)) as p (id, name, mailbox)
  `.execute(db);
  await sql`
    insert into allot.product (tenant_id, product_id, sku_part_number, display_name)
    values (${tenantId}, ${skus.e1}, 'STANDARDPACK', 'Office 365 E1'), (${tenantId}, ${skus.e3}, 'ENTERPRISEPACK', 'Office 365 E3')
  `.execute(db);
  await sql`
    insert into allot.product_plan (tenant_id, product_id, plan_id)
    values (${tenantId}, ${skus.e1}, ${plans.exchange1}), (${tenantId}, ${skus.e1}, ${plans.yammer}),
           (${tenantId}, ${skus.e3}, ${plans.exchange2}), (${tenantId}, ${skus.e3}, ${plans.yammer})
  `.execute(db);
  await sql`
    insert into allot.exclusion_set (tenant_id, rule_set, name, plans)
    values (${tenantId}, 'classic', 'Exchange Online', array[${plans.exchange1}, ${plans.exchange2}]::uuid[])
  `.execute(db);
  return { db, tenantId, actor: { kind: 'app', id: randomUUID(), displayName: 'Test' }, correlationId: randomUUID() };
}

export async function addUsers(ctx: Context, count: number): Promise<{ userNo: number; id: string }[]> {
  const { rows } = await sql<{ userNo: number; id: string }>`
    insert into allot.directory_user (tenant_id, user_no, id, created_at, user_principal_name, display_name, mail_nickname, usage_location)
    select ${ctx.tenantId}, n, gen_random_uuid(), now(), 'user' || n || '@test.example', 'User ' || n, 'user' || n, 'US'
    from generate_series(1, ${count}) as n returning user_no as "userNo", id
  `.execute(ctx.db);
  return rows.toSorted((a, b) => a.userNo - b.userNo);
}

/** Adds members to a group, or to a new one; `remove`: takes them out. Returns the group's id. */
export async function addMembers(
  ctx: Context,
  group: string | undefined,
  userNos: readonly number[],
  options: { readonly remove?: boolean } = {},
): Promise<string> {
  const groupId = group ?? randomUUID();
  await ctx.db.transaction().execute(async (trx) => {
    await sql`
      insert into allot.directory_group (tenant_id, id, display_name, mail_nickname)
      values (${ctx.tenantId}, ${groupId}, 'Group', 'group') on conflict do nothing
    `.execute(trx);
    if (options.remove) {
      await sql`delete from allot.membership where tenant_id = ${ctx.tenantId} and group_id = ${groupId} and user_no = any(${userNos}::bigint[])`.execute(
        trx,
      );
    } else {
      await sql`
        insert into allot.membership (tenant_id, group_id, user_no) select ${ctx.tenantId}, ${groupId}, unnest(${userNos}::bigint[])
      `.execute(trx);
    }
    await notePendingUsers(trx, ctx.tenantId, userNos);
  });
  return groupId;
}

export const addSeats = (ctx: Context, skuId: string, units: number): Promise<unknown> =>
  changeWorld(ctx, 'seats', 'Add subscription', (trx) =>
    sql`
      insert into allot.subscription (tenant_id, id, product_id, units) values (${ctx.tenantId}, ${randomUUID()}, ${skuId}, ${units})
    `.execute(trx),
  );

export async function settleAll(ctx: Context): Promise<void> {
  while (await settlePending(ctx));
}

export const statesOf = async (ctx: Context, userNo: number) =>
  (await readUserLicensing(ctx, [userNo])).get(userNo)?.licenseAssignmentStates ?? [];
