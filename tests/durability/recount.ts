import assert from 'node:assert/strict';
import type { Database } from '@allot/store';
import { assertAgrees } from '../assert-agrees.ts';
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

/** Nothing is pending, and everything counted again agrees. */
export async function assertCountsAgree(database: Pick<Database, 'db'>): Promise<void> {
  assert.equal(await assertAgrees(database), 0);
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
