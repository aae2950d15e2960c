import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { parseRule, printRule } from '@allot/engine';
import { applyRules, compileRule } from '@allot/store';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { testDatabase } from '../database.ts';
import { makeTenant } from '../licensing/tenant.ts';
import { arbitraryRule, arbitraryUser } from '../model/rules/arbitrary.ts';
import { namedBy, type NaiveUser } from '../model/rules/naive.ts';

/** ALLOT_TEST_RULES: how many times that many users and rules. */
const numRuns = Number(process.env['ALLOT_TEST_RULES'] ?? 40);
const groupIds = [randomUUID(), randomUUID()];

test('what a rule says is one thing: the database and a naive reading of it agree on every user and rule', async (t) => {
  const database = await testDatabase(t);
  database.notChecked('users and memberships are written by statements, and nobody is licensed');
  await fc.assert(
    fc.asyncProperty(
      fc.array(arbitraryUser(groupIds), { minLength: 1, maxLength: 30 }),
      fc.array(arbitraryRule(groupIds), { minLength: 1, maxLength: 50 }),
      async (users, rules) => {
        const ctx = await makeTenant(database, `${randomUUID()}.example`);
        await insertUsers(ctx, users);
        // As written and read again, as every rule comes.
        const read = rules.map((rule) => {
          const parsed = parseRule(printRule(rule));
          assert.ok(parsed.ok, `${printRule(rule)}: ${parsed.ok ? '' : parsed.problem.message}`);
          return { groupId: randomUUID(), rule: parsed.tree };
        });
        await ctx.db.transaction().execute(async (trx) => {
          const { rows } = await sql<{ now: Date }>`select now() as now`.execute(trx);
          const [{ now } = { now: new Date() }] = rows;
          const compiled = read.map(({ groupId, rule }) => ({
            groupId,
            matches: compileRule(rule, { tenantId: ctx.tenantId, cohortsWith: () => [] }),
          }));
          await applyRules(trx, ctx.tenantId, compiled, null);
          const members = await sql<{ groupId: string; userNos: number[] }>`
            select group_id as "groupId", array_agg(user_no order by user_no) as "userNos" from allot.membership
            where tenant_id = ${ctx.tenantId} group by group_id
          `.execute(trx);
          const found = new Map(members.rows.map((row) => [row.groupId, row.userNos]));
          for (const { groupId, rule } of read) {
            const expected = users.flatMap((user, at) => (namedBy(rule, user, now) ? [at + 1] : []));
            assert.deepEqual(found.get(groupId) ?? [], expected, printRule(rule));
          }
        });
      },
    ),
    { numRuns },
  );
});

async function insertUsers(ctx: Context, users: readonly NaiveUser[]): Promise<void> {
  const rows = users.map(({ values, lists }, at) => ({
    user_no: at + 1,
    id: randomUUID(),
    user_principal_name: `u${at}@${ctx.tenantId}.example`,
    department: values['department'],
    city: values['city'],
    job_title: values['jobTitle'],
    company_name: values['companyName'],
    mobile_phone: values['mobile'],
    extension_attributes: Array.from({ length: 15 }, (_, place) => values[`extensionAttribute${place + 1}`] ?? null),
    account_enabled: values['accountEnabled'],
    on_premises_sync_enabled: values['dirSyncEnabled'],
    employee_hire_date: values['employeeHireDate'],
    other_mails: lists.otherMails,
    proxy_addresses: lists.proxyAddresses,
  }));
  await sql`
    insert into allot.directory_user (tenant_id, user_no, id, created_at, user_principal_name, display_name, mail_nickname, department, city,
      job_title, company_name, mobile_phone, extension_attributes, account_enabled, on_premises_sync_enabled, employee_hire_date,
      other_mails, proxy_addresses)
    select ${ctx.tenantId}, user_no, id, now(), user_principal_name, 'User', 'user', department, city, job_title, company_name, mobile_phone,
      extension_attributes, account_enabled, on_premises_sync_enabled, employee_hire_date, other_mails, proxy_addresses
    from jsonb_populate_recordset(null::allot.directory_user, ${JSON.stringify(rows)}::jsonb)
  `.execute(ctx.db);
  for (const groupId of groupIds) {
    await sql`
      insert into allot.directory_group (tenant_id, id, display_name, mail_nickname) values (${ctx.tenantId}, ${groupId}, 'G', 'g')
    `.execute(ctx.db);
    const members = users.flatMap((user, at) => (user.groupIds.includes(groupId) ? [at + 1] : []));
    await sql`
      insert into allot.membership (tenant_id, group_id, user_no) select ${ctx.tenantId}, ${groupId}, unnest(${members}::bigint[])
    `.execute(ctx.db);
  }
}
