import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { cohortChecks, tenantChecks } from '../../packages/server/src/operations/check/index.ts';
import { checkTenant } from '../../packages/server/src/operations/check/check-tenant.ts';
import { sentencesOf } from '../assert-agrees.ts';
import { testDatabase } from '../database.ts';
import { checkedTenant, groupByRule } from './checked-tenant.ts';
import { type Corruption, nobody, strange } from './corruption.ts';
import { corruptionsOfPeople } from './corruptions-of-people.ts';

const database = await testDatabase({ after });
const tenant = await checkedTenant(database);
const { ctx, tenantId, skus, yammer, users, groups } = tenant;
const cohorts = {
  served: await tenant.cohortOf('first'),
  waits: await tenant.cohortOf('waits'),
  waitsTwice: await tenant.cohortOf('waitsTwice'),
  kept: await tenant.cohortOf('kept'),
  flawed: await tenant.cohortOf('flawed'),
  direct: await tenant.cohortOf('direct'),
};
const idsOf = (user: keyof typeof users) => ({ userId: users[user].id, userNo: users[user].userNo });
const inCohort = (cohortId: number, ...members: readonly (keyof typeof users)[]) => ({
  cohortId,
  userIds: members.map((user) => users[user].id),
});

const corruptions: readonly Corruption[] = [
  {
    title: 'members whom the rule of their group does not name, and the other way round',
    statements: groupByRule(tenantId, strange, `user.objectId -eq "${users.first.id}"`, users.second.userNo),
    found: {
      'rules-followed': [
        { ...idsOf('first'), groupId: strange },
        { ...idsOf('second'), groupId: strange },
      ],
    },
  },
  {
    title: 'a user without a cohort',
    statements: [
      sql`insert into allot.directory_user (tenant_id, user_no, id, created_at, user_principal_name, display_name, mail_nickname)
          values (${tenantId}, ${nobody}, ${strange}, now(), 'new@test.example', 'New', 'new')`,
    ],
    found: { 'users-in-cohorts': [{ userId: strange, userNo: nobody }] },
  },
  {
    title: 'a deleted user who is still in a cohort',
    statements: [
      sql`update allot.directory_user set deleted_at = now() where tenant_id = ${tenantId} and user_no = ${users.second.userNo}`,
    ],
    found: { 'cohorts-of-users': [{ ...idsOf('second'), cohortId: cohorts.served }] },
  },
  {
    title: 'a pointer of a user that never was',
    statements: [
      sql`insert into allot.user_cohort (tenant_id, user_no, cohort_id) values (${tenantId}, ${nobody}, ${cohorts.waits})`,
      sql`update allot.cohort set members = members + 1 where tenant_id = ${tenantId} and cohort_id = ${cohorts.waits}`,
      sql`insert into allot.waiting (tenant_id, product_id, user_no, since) values (${tenantId}, ${skus.e3}, ${nobody}, now())`,
    ],
    found: {
      'cohorts-of-users': [{ userNo: nobody, cohortId: cohorts.waits }],
      'licensed-groups': [{ userNo: nobody, groupId: groups.sales, cohortId: cohorts.waits }],
    },
  },
  {
    title: 'a pointer to a cohort that is not there',
    statements: [
      sql`insert into allot.directory_user (tenant_id, user_no, id, created_at, user_principal_name, display_name, mail_nickname)
          values (${tenantId}, ${nobody}, ${strange}, now(), 'new@test.example', 'New', 'new')`,
      sql`insert into allot.user_cohort (tenant_id, user_no, cohort_id) values (${tenantId}, ${nobody}, ${nobody})`,
    ],
    found: { 'cohorts-exist': [{ userId: strange, userNo: nobody, cohortId: nobody }] },
  },
  {
    title: 'a cohort that counts one member too many',
    statements: [
      sql`update allot.cohort set members = members + 1 where tenant_id = ${tenantId} and cohort_id = ${cohorts.waits}`,
    ],
    found: { 'cohort-members': [{ cohortId: cohorts.waits }] },
  },
  {
    title: 'an empty cohort',
    statements: [
      sql`insert into allot.cohort (tenant_id, cohort_id, key, place, shares_address, groups, members)
          values (${tenantId}, ${nobody}, ${strange}, '', false, '{}', 0)`,
    ],
    found: { 'cohorts-used': [{ cohortId: nobody }] },
  },
  {
    title: 'exceptions of a cohort that is not there',
    statements: [
      sql`insert into allot.cohort_exception (tenant_id, cohort_id, source_id, product_id, kind, error)
          values (${tenantId}, ${nobody}, ${groups.sales}, ${skus.e3}, 'missing', 'Other')`,
    ],
    found: { references: [{ cohortId: nobody }] },
  },
  {
    title: 'a plan that is named and not in the catalogue',
    statements: [sql`delete from allot.plan where tenant_id = ${tenantId} and plan_id = ${yammer}`],
    found: { references: [{ cohortId: cohorts.direct, servicePlanId: yammer }] },
  },
  {
    title: 'a group that is named and not in the directory',
    statements: [sql`delete from allot.directory_group where tenant_id = ${tenantId} and id = ${groups.mail}`],
    found: {
      references: [cohorts.kept, cohorts.flawed]
        .toSorted((a, b) => a - b)
        .map((cohortId) => ({ cohortId, groupId: groups.mail })),
    },
  },
  {
    title: 'a product that is named and not in the catalogue',
    statements: [sql`delete from allot.product where tenant_id = ${tenantId} and product_id = ${skus.visio}`],
    found: {
      references: [{ cohortId: cohorts.waitsTwice, skuId: skus.visio }],
      exceptions: [inCohort(cohorts.waitsTwice, 'waitsTwice')],
      'settled-is-settled': [inCohort(cohorts.waitsTwice, 'waitsTwice')],
    },
  },
  {
    title: 'a key of another state',
    statements: [
      sql`update allot.cohort set key = ${strange} where tenant_id = ${tenantId} and cohort_id = ${cohorts.served}`,
    ],
    found: { 'cohort-keys': [inCohort(cohorts.served, 'first', 'second')] },
  },
  {
    title: 'something missing that nobody wants',
    statements: [
      sql`insert into allot.cohort_exception (tenant_id, cohort_id, source_id, product_id, kind, error)
          values (${tenantId}, ${cohorts.direct}, ${groups.mail}, ${skus.e3}, 'missing', 'Other')`,
    ],
    found: {
      'cohort-keys': [inCohort(cohorts.direct, 'direct')],
      exceptions: [inCohort(cohorts.direct, 'direct')],
      'settled-is-settled': [inCohort(cohorts.direct, 'direct')],
    },
  },
  {
    title: 'a plan kept that is wanted',
    statements: [
      sql`insert into allot.cohort_exception (tenant_id, cohort_id, source_id, product_id, kind, error, plans)
          select ${tenantId}, ${cohorts.flawed}, ${groups.mail}, ${skus.e1}, 'kept', 'DependencyViolation', array[plan_id]
          from allot.product_plan where tenant_id = ${tenantId} and product_id = ${skus.e1} and plan_id <> ${yammer}`,
    ],
    found: {
      'cohort-keys': [inCohort(cohorts.flawed, 'flawed')],
      exceptions: [inCohort(cohorts.flawed, 'flawed')],
      'settled-is-settled': [inCohort(cohorts.flawed, 'flawed')],
    },
  },
  {
    title: 'a flaw that is not told',
    statements: [
      sql`delete from allot.cohort_exception where tenant_id = ${tenantId} and cohort_id = ${cohorts.flawed} and kind = 'flawed'`,
    ],
    found: { 'settled-is-settled': [inCohort(cohorts.flawed, 'flawed')] },
  },
  {
    title: 'users in CountViolation while seats are free',
    statements: [
      sql`insert into allot.subscription (tenant_id, id, product_id, units) values (${tenantId}, ${strange}, ${skus.visio}, 1)`,
    ],
    found: { 'settled-is-settled': [inCohort(cohorts.waitsTwice, 'waitsTwice')] },
  },
  {
    title: 'a license kept that nothing keeps',
    statements: [
      sql`update allot.plan set mailbox = false where tenant_id = ${tenantId} and name = 'EXCHANGE_S_STANDARD'`,
    ],
    found: {
      'settled-is-settled': [inCohort(cohorts.kept, 'kept'), inCohort(cohorts.flawed, 'flawed')].toSorted(
        (a, b) => a.cohortId - b.cohortId,
      ),
    },
  },
  {
    title: 'a user who moved without being settled',
    statements: [
      sql`update allot.directory_user set usage_location = 'CN' where tenant_id = ${tenantId} and user_no = ${users.direct.userNo}`,
    ],
    found: { places: [{ ...idsOf('direct'), cohortId: cohorts.direct }] },
  },
  {
    title: 'an address that is not shared any more',
    statements: [sql`delete from allot.user_address where tenant_id = ${tenantId} and user_no = ${users.kept.userNo}`],
    found: {
      'shared-addresses': [
        { ...idsOf('kept'), cohortId: cohorts.kept },
        { ...idsOf('flawed'), cohortId: cohorts.flawed },
      ],
    },
  },
  {
    title: 'an address shared with one more user; a deleted one does not count',
    statements: [
      sql`insert into allot.user_address (tenant_id, address, user_no) values (${tenantId}, 'shared@test.example', ${users.first.userNo}),
            (${tenantId}, 'of-the-dead@test.example', ${users.waits.userNo}), (${tenantId}, 'of-the-dead@test.example', ${nobody})`,
      sql`insert into allot.directory_user (tenant_id, user_no, id, created_at, deleted_at, user_principal_name, display_name, mail_nickname)
          values (${tenantId}, ${nobody}, ${strange}, now(), now(), 'dead@test.example', 'Dead', 'dead')`,
    ],
    found: { 'shared-addresses': [{ ...idsOf('first'), cohortId: cohorts.served }] },
  },
  {
    title: 'members who came and went unnoticed',
    statements: [
      sql`insert into allot.membership (tenant_id, group_id, user_no) values (${tenantId}, ${groups.sales}, ${users.direct.userNo})`,
      sql`delete from allot.membership where tenant_id = ${tenantId} and group_id = ${groups.sales} and user_no = ${users.second.userNo}`,
    ],
    found: {
      'licensed-groups': [
        { ...idsOf('second'), groupId: groups.sales, cohortId: cohorts.served },
        { ...idsOf('direct'), groupId: groups.sales, cohortId: cohorts.direct },
      ],
    },
  },
  {
    title: 'a consumed unit that nobody has',
    statements: [
      sql`update allot.product set consumed = consumed + 1 where tenant_id = ${tenantId} and product_id = ${skus.e1}`,
    ],
    found: { 'consumed-units': [{ skuId: skus.e1 }] },
  },
  {
    title: 'more consumed than there ever were seats',
    statements: [
      sql`update allot.subscription set units = 1 where tenant_id = ${tenantId} and product_id = ${skus.e3}`,
    ],
    found: { oversold: [{ skuId: skus.e3 }] },
  },
  {
    title: 'a user in error who does not wait',
    statements: [
      sql`delete from allot.waiting where tenant_id = ${tenantId} and user_no = ${users.waits.userNo}`,
      sql`insert into allot.waiting (tenant_id, product_id, user_no, since) values (${tenantId}, ${skus.e3}, ${users.first.userNo}, now())`,
    ],
    found: {
      'waiting-line': [
        { ...idsOf('first'), skuId: skus.e3 },
        { ...idsOf('waits'), skuId: skus.e3 },
      ],
    },
  },
  {
    title: 'a user who waits since two moments',
    statements: [
      sql`update allot.waiting set since = since - interval '1 day' where tenant_id = ${tenantId} and product_id = ${skus.visio}`,
    ],
    found: { 'waiting-since': [idsOf('waitsTwice')] },
  },
  {
    title: 'a bundle that was accepted and is not settled',
    statements: [
      sql`update allot.group_license set disabled_plans = '{}' where tenant_id = ${tenantId} and group_id = ${groups.sales}`,
      sql`delete from allot.group_license where tenant_id = ${tenantId} and group_id = ${groups.visio}`,
    ],
    found: {
      'bundles-settled': [
        { groupId: groups.sales, skuId: skus.e3 },
        { groupId: groups.visio, skuId: skus.visio },
      ].toSorted((a, b) => (a.groupId < b.groupId ? -1 : 1)),
    },
  },
  {
    title: 'a group that is in progress for ever',
    statements: [
      sql`update allot.group_licensing set state = 'ProcessingInProgress' where tenant_id = ${tenantId} and group_id = ${groups.mail}`,
    ],
    found: { 'groups-processed': [{ groupId: groups.mail }] },
  },
  {
    title: 'pending users whom no job will settle',
    statements: [
      sql`select graphile_worker.remove_job(${`settle:${tenantId}`})`,
      sql`insert into allot.pending_user (tenant_id, user_no) values (${tenantId}, ${users.first.userNo})`,
    ],
    found: { 'pending-work': [{ tenantId }] },
  },
  {
    title: 'a pending group whose job was given up',
    statements: [
      sql`select graphile_worker.add_job('settle', job_key := ${`settle:${tenantId}`}, max_attempts := 1)`,
      sql`update graphile_worker._private_jobs set attempts = max_attempts where key = ${`settle:${tenantId}`}`,
      sql`insert into allot.pending_group (tenant_id, group_id, reason, correlation_id)
          values (${tenantId}, ${groups.mail}, 'members', ${strange})`,
    ],
    found: { 'pending-work': [{ tenantId }] },
  },
  {
    title: 'a revision without a change, and a change beyond the revision',
    statements: [
      sql`update allot.tenant set revision = revision + 1 where tenant_id = ${tenantId}`,
      sql`insert into allot.change (tenant_id, change_id, at, correlation_id, activity)
          values (${tenantId}, ${nobody}, now(), ${strange}, 'Change user license')`,
    ],
    found: { 'changes-numbered': [{ changeId: (await revision()) + 1 }, { changeId: nobody }] },
  },
  {
    title: 'a change that nothing caused',
    statements: [
      sql`update allot.change set correlation_id = '00000000-0000-0000-0000-000000000000' where tenant_id = ${tenantId} and change_id = 2`,
    ],
    found: { 'changes-tied': [{ changeId: 2 }] },
  },
  {
    title: 'a history of changes that never were',
    statements: [
      sql`insert into allot.cohort_history (tenant_id, cohort_id, change_id, state) values (${tenantId}, ${cohorts.waits}, ${nobody}, '{}')`,
      sql`insert into allot.bundle_history (tenant_id, group_id, change_id, bundle) values (${tenantId}, ${groups.mail}, ${nobody + 1}, '[]')`,
    ],
    found: {
      'history-of-changes': [
        { changeId: nobody, cohortId: cohorts.waits },
        { changeId: nobody + 1, groupId: groups.mail },
      ],
    },
  },
  {
    title: 'users whose history ends elsewhere, whether told one by one or together',
    statements: [
      sql`insert into allot.pointer_history (tenant_id, user_no, change_id, cohort_id, from_cohort_id)
          values (${tenantId}, ${users.first.userNo}, 1000, 0, 1)`,
      sql`insert into allot.pointer_history_pack (tenant_id, cohort_id, change_id, from_cohort_id, user_nos)
          values (${tenantId}, ${nobody}, 1000, 1, array[${users.waits.userNo}, ${users.kept.userNo}]::bigint[])`,
    ],
    found: {
      'history-of-users': [
        { ...idsOf('first'), changeId: 1000, cohortId: cohorts.served },
        { ...idsOf('waits'), changeId: 1000, cohortId: cohorts.waits },
        { ...idsOf('kept'), changeId: 1000, cohortId: cohorts.kept },
      ],
    },
  },
  ...corruptionsOfPeople(tenant),
];

async function revision(): Promise<number> {
  const { rows } = await sql<{ revision: number }>`
    select revision from allot.tenant where tenant_id = ${tenantId}
  `.execute(database.db);
  return rows[0]?.revision ?? 0;
}

/** Undoes what is done inside, whatever it was. */
async function undone(run: (trx: typeof database.db) => Promise<void>): Promise<void> {
  const undo = new Error('undo');
  const trying = database.db.transaction().execute(async (trx) => {
    await run(trx);
    throw undo;
  });
  await assert.rejects(trying, (error: unknown) => error === undo || assert.ifError(error));
}

for (const { title, statements, found } of corruptions) {
  test(`the check finds ${title}, and nothing else`, () =>
    undone(async (trx) => {
      for (const statement of statements) await statement.execute(trx);
      const result = await checkTenant({ ...ctx, db: trx });
      const differing = result.checks.filter(({ count }) => count > 0);
      assert.deepEqual(
        Object.fromEntries(differing.map(({ name, differences }) => [name, differences.map(({ ids }) => ids)])),
        found,
        sentencesOf(result).join('\n'),
      );
      for (const { count, differences } of differing) assert.equal(count, differences.length);
      assert.equal(result.clean, false);
    }));
}

test('each check has a corruption that it finds, a name of its own and a claim', () => {
  const names = [...tenantChecks, ...cohortChecks].map(({ name }) => name);
  assert.deepEqual([...new Set(names)], names);
  assert.deepEqual(new Set(corruptions.flatMap(({ found }) => Object.keys(found))), new Set(names));
  for (const { claim } of [...tenantChecks, ...cohortChecks]) assert.match(claim, /^[A-Zc].*\.$/);
});

test('the check names the first differences and counts them all', () =>
  undone(async (trx) => {
    await sql`
      insert into allot.directory_user (tenant_id, user_no, id, created_at, user_principal_name, display_name, mail_nickname)
      select ${tenantId}, n, gen_random_uuid(), now(), 'new' || n || '@test.example', 'New', 'new' from generate_series(1001, 1100) as n
    `.execute(trx);
    const { checks } = await checkTenant({ ...ctx, db: trx });
    const outcome = checks.find(({ name }) => name === 'users-in-cohorts');
    assert.equal(outcome?.count, 100);
    assert.deepEqual(
      outcome.differences.map(({ ids }) => ids['userNo']),
      Array.from({ length: 20 }, (_, i) => 1001 + i),
    );
  }));
