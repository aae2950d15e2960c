import { randomUUID } from 'node:crypto';
import type { Database } from '@allot/store';
import { sql } from 'kysely';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { createUsers } from '../../packages/server/src/operations/directory/create-users.ts';
import { setUserAddresses } from '../../packages/server/src/operations/directory/user-addresses.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { assignUserLicense } from '../../packages/server/src/operations/licensing/assign-user-license.ts';
import { addMembers, addSeats, makeTenant, settleAll, skus } from '../licensing/tenant.ts';

export interface CheckedTenant {
  readonly ctx: Context;
  readonly tenantId: string;
  readonly skus: typeof skus & { readonly visio: string };
  readonly yammer: string;
  /** By what became of them. */
  readonly users: Readonly<Record<UserName, { readonly id: string; readonly userNo: number }>>;
  readonly groups: { readonly sales: string; readonly mail: string; readonly visio: string };
  cohortOf(user: UserName): Promise<number>;
}

const userNames = ['first', 'second', 'waits', 'waitsTwice', 'kept', 'flawed', 'direct', 'abroad'] as const;
export type UserName = (typeof userNames)[number];

/** A small tenant in which there is some of everything that is checked: all kinds of exceptions, two lines, another place. */
export async function checkedTenant(database: Database): Promise<CheckedTenant> {
  const ctx = await makeTenant(database);
  const { db, tenantId } = ctx;
  const { visio, yammer } = await extendCatalogue(ctx);
  await addSeats(ctx, skus.e3, 2);
  await addSeats(ctx, skus.e1, 5);
  await addSeats(ctx, visio, 0);

  const created = await createUsers(
    ctx,
    userNames.map((name, i) => ({
      // In the order in which seats are given (L-14).
      id: `0000000${i}-0000-4000-8000-000000000000`,
      values: {
        userPrincipalName: `${name}@test.example`,
        displayName: name,
        mailNickname: name,
        usageLocation: name === 'abroad' ? 'CN' : 'US',
      },
      proxyAddresses: [],
    })),
  );
  const numbered = userNames.map((name, i) => [name, created[i] ?? { id: '', userNo: 0 }] as const);
  // `as`: the entries are those of all names.
  const users = Object.fromEntries(numbered) as CheckedTenant['users'];
  const numbers = (...names: readonly UserName[]) => names.map((name) => users[name].userNo);
  const sales = await addMembers(ctx, undefined, numbers('first', 'second', 'waits', 'waitsTwice'));
  const mail = await addMembers(ctx, undefined, numbers('kept', 'flawed'));
  const ofVisio = await addMembers(ctx, undefined, numbers('waitsTwice'));
  const groups = { sales, mail, visio: ofVisio };
  const tenant = { ctx, tenantId, skus: { ...skus, visio }, yammer, users, groups };
  await licenseEverybody(tenant);

  const cohortOf = async (user: UserName): Promise<number> => {
    const found = await sql<{ no: number }>`
      select cohort_id as no from allot.user_cohort where tenant_id = ${tenantId} and user_no = ${users[user].userNo}
    `.execute(db);
    return found.rows[0]?.no ?? 0;
  };
  return { ...tenant, cohortOf };
}

/** One more product, a plan that is not offered everywhere, and the plan that is switched off here and there. */
async function extendCatalogue({ db, tenantId }: Context): Promise<{ visio: string; yammer: string }> {
  const [visio, visioPlan] = [randomUUID(), randomUUID()];
  await sql`update allot.plan set deny = array['CN'] where tenant_id = ${tenantId} and name = 'EXCHANGE_S_STANDARD'`.execute(
    db,
  );
  await sql`insert into allot.plan (tenant_id, plan_id, name, display_name) values (${tenantId}, ${visioPlan}, 'VISIO', 'Visio')`.execute(
    db,
  );
  await sql`
    insert into allot.product (tenant_id, product_id, sku_part_number, display_name) values (${tenantId}, ${visio}, 'VISIO', 'Visio')
  `.execute(db);
  await sql`insert into allot.product_plan (tenant_id, product_id, plan_id) values (${tenantId}, ${visio}, ${visioPlan})`.execute(
    db,
  );
  const { rows } = await sql<{ yammer: string }>`
    select plan_id as yammer from allot.plan where tenant_id = ${tenantId} and name = 'YAMMER_ENTERPRISE'
  `.execute(db);
  const yammer = rows[0]?.yammer ?? '';
  return { visio, yammer };
}

async function licenseEverybody({
  ctx,
  skus: products,
  yammer,
  users,
  groups,
}: Omit<CheckedTenant, 'cohortOf'>): Promise<void> {
  await assignGroupLicense(ctx, groups.sales, add(products.e3, [yammer]));
  await assignGroupLicense(ctx, groups.mail, add(products.e1, [yammer]));
  await assignGroupLicense(ctx, groups.visio, add(products.visio));
  await settleAll(ctx);
  await assignUserLicense(ctx, users.direct.id, add(products.e1, [yammer]));
  // A mailbox in force whose address somebody else gets is flawed (L-05); it is kept when the user leaves the group (L-08).
  for (const name of ['kept', 'flawed'] as const)
    await setUserAddresses(ctx, users[name].id, ['SMTP:shared@test.example']);
  await settleAll(ctx);
  await addMembers(ctx, groups.mail, [users.kept.userNo], { remove: true });
  await settleAll(ctx);
}

const add = (skuId: string, disabledPlans: readonly string[] = []) => ({
  addLicenses: [{ skuId, disabledPlans }],
  removeLicenses: [],
});

/** Statements that make a group by rule with one member, whomever the rule names. */
export const groupByRule = (tenantId: string, id: string, rule: string, memberNo: number) => [
  sql`
    insert into allot.directory_group (tenant_id, id, display_name, mail_nickname, group_types, membership_rule,
      membership_rule_processing_state)
    values (${tenantId}, ${id}, 'Rule', 'rule', '{DynamicMembership}', ${rule}, 'On')`,
  sql`
    insert into allot.dynamic_group (tenant_id, group_id, reads, status) values (${tenantId}, ${id}, '{id}', 'Succeeded')`,
  sql`insert into allot.membership (tenant_id, group_id, user_no) values (${tenantId}, ${id}, ${memberNo})`,
];
