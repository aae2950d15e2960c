import assert from 'node:assert/strict';
import type { Database } from '@allot/store';
import { accepted, nameOf } from './staff.ts';
import type { Call } from './program.ts';

type Db = Pick<Database, 'pool'>;

/** What every user holds, one row each, from cohorts, settled bundles and exceptions, without any count that is kept. */
const holdings = `
  select distinct uc.tenant_id, uc.user_no, h.product_id
  from allot.user_cohort uc
  join allot.cohort c using (tenant_id, cohort_id)
  cross join lateral (
    select s.product_id from allot.settled_license s
    where s.tenant_id = c.tenant_id and s.group_id = any(c.groups) and not exists (
      select from allot.cohort_exception e where e.tenant_id = c.tenant_id and e.cohort_id = c.cohort_id
        and e.source_id = s.group_id and e.product_id = s.product_id and e.kind = 'missing' and e.plans is null)
    union
    select (d->>'productId')::uuid from jsonb_array_elements(c.direct) d
    where not exists (
      select from allot.cohort_exception e where e.tenant_id = c.tenant_id and e.cohort_id = c.cohort_id
        and e.source_id = '00000000-0000-0000-0000-000000000000' and e.product_id = (d->>'productId')::uuid
        and e.kind = 'missing' and e.plans is null)
    union
    select e.product_id from allot.cohort_exception e
    where e.tenant_id = c.tenant_id and e.cohort_id = c.cohort_id and e.kind = 'kept'
  ) as h`;

/** Each of these must find nothing. */
const faults: Readonly<Record<string, string>> = {
  'consumed units differ from the users who hold the product': `
    with held as (select tenant_id, product_id, count(*) as users from (${holdings}) h group by tenant_id, product_id)
    select p.sku_part_number, p.consumed, coalesce(h.users, 0) as users
    from allot.product p left join held h using (tenant_id, product_id) where p.consumed <> coalesce(h.users, 0)`,
  'more is consumed than there are seats': `
    select p.sku_part_number, p.consumed, coalesce(sum(s.units), 0) as units
    from allot.product p
    left join allot.subscription s on s.tenant_id = p.tenant_id and s.product_id = p.product_id and s.status in ('Enabled', 'Warning')
    group by p.tenant_id, p.product_id, p.sku_part_number, p.consumed having p.consumed > coalesce(sum(s.units), 0)`,
  'a cohort counts other members than point at it': `
    select c.cohort_id, c.members, count(uc.user_no) from allot.cohort c left join allot.user_cohort uc using (tenant_id, cohort_id)
    group by c.tenant_id, c.cohort_id, c.members having c.members <> count(uc.user_no)`,
  'a user points at a cohort that is not there': `
    select uc.user_no from allot.user_cohort uc left join allot.cohort c using (tenant_id, cohort_id) where c.cohort_id is null`,
  'the line differs from the users in CountViolation': `
    with due as (
      select uc.tenant_id, e.product_id, uc.user_no from allot.user_cohort uc join allot.cohort_exception e using (tenant_id, cohort_id)
      where e.error = 'CountViolation')
    (select 'stands in line for nothing', product_id, user_no from (select tenant_id, product_id, user_no from allot.waiting except select * from due) a)
    union all
    (select 'misses in line', product_id, user_no from (select * from due except select tenant_id, product_id, user_no from allot.waiting) b)`,
  'the bundles asked for and the bundles settled differ': `
    (select 'not settled', group_id, product_id from (select * from allot.group_license except select * from allot.settled_license) a)
    union all
    (select 'not asked for', group_id, product_id from (select * from allot.settled_license except select * from allot.group_license) b)`,
  'memberships of licensed groups and the facts of cohorts differ': `
    with licensed as (select distinct tenant_id, group_id from allot.group_license),
    member as (select m.tenant_id, m.group_id, m.user_no from allot.membership m join licensed using (tenant_id, group_id)
               join allot.directory_user u using (tenant_id, user_no) where u.deleted_at is null),
    fact as (select uc.tenant_id, g.group_id, uc.user_no from allot.user_cohort uc join allot.cohort c using (tenant_id, cohort_id)
             cross join lateral unnest(c.groups) as g (group_id))
    (select 'not in the facts', group_id, user_no from (select * from member except select * from fact) a)
    union all
    (select 'not a member', group_id, user_no from (select * from fact except select * from member) b)`,
  'something is still pending': `
    select 'user', user_no::text from allot.pending_user union all select 'group', group_id::text from allot.pending_group`,
  'a group is stuck in processing': `select group_id, state from allot.group_licensing where state <> 'ProcessingComplete'`,
};

/** Counts everything again, from what is stored, by statements of its own. */
export async function assertCountsAgree({ pool }: Db): Promise<void> {
  for (const [fault, statement] of Object.entries(faults)) {
    const { rows } = await pool.query(`${statement} limit 5`);
    assert.deepEqual(rows, [], fault);
  }
}

/** Compares what the server says of some users, and of products, with the recount. */
export async function assertServerAgrees(call: Call, { pool }: Db, users: readonly number[]): Promise<void> {
  const { rows } = await pool.query<{ name: string; held: string[] }>(
    `select u.user_principal_name as name, array_remove(array_agg(h.product_id::text order by h.product_id::text), null) as held
     from allot.directory_user u left join (${holdings}) h using (tenant_id, user_no)
     where u.user_principal_name = any($1) group by 1`,
    [users.map((no) => nameOf(no))],
  );
  assert.equal(rows.length, users.length);
  for (const { name, held } of rows) {
    const { assignedLicenses } = await accepted(call, 'GET', `/v1.0/users/${name}?$select=assignedLicenses`);
    assert.deepEqual(assignedLicenses.map(({ skuId }: { skuId: string }) => skuId).toSorted(), held, name);
  }
  const counted = await pool.query<{ skuId: string; users: number }>(
    `select product_id::text as "skuId", count(*)::int as users from (${holdings}) h group by 1 order by 1`,
  );
  const { value } = await accepted(call, 'GET', '/v1.0/subscribedSkus');
  const said = value
    .filter(({ consumedUnits }: { consumedUnits: number }) => consumedUnits > 0)
    .map(({ skuId, consumedUnits }: { skuId: string; consumedUnits: number }) => ({ skuId, users: consumedUnits }))
    .toSorted((a: { skuId: string }, b: { skuId: string }) => (a.skuId < b.skuId ? -1 : 1));
  assert.deepEqual(said, counted.rows);
}
