import type { Pool } from './server.ts';

/** How a tenant ends: what the sides must agree on, counted user by user. */
export interface Outcome {
  /** Users who hold each product, by its part number; products that nobody holds are left out. */
  readonly holders: Readonly<Record<string, number>>;
  /** consumedUnits as the side keeps it, likewise. */
  readonly consumed: Readonly<Record<string, number>>;
  readonly usersInError: number;
}

/** Counted from pointers, cohorts and bundles, without the counts that the product keeps. */
export const ourOutcome = (pool: Pool): Promise<Outcome> =>
  read(pool, {
    holders: `
      with size as (select cohort_id, count(*) as users from allot.user_cohort group by cohort_id),
      held as (
        select distinct c.cohort_id, s.product_id
        from allot.cohort c join allot.settled_license s on s.group_id = any(c.groups)
        where not exists (
          select from allot.cohort_exception e where e.cohort_id = c.cohort_id and e.source_id = s.group_id
            and e.product_id = s.product_id and e.kind = 'missing' and e.plans is null))
      select product_id, sum(users)::bigint as users from held join size using (cohort_id) group by product_id`,
    usersInError: `
      select count(*) as users from allot.user_cohort
      where cohort_id in (select cohort_id from allot.cohort_exception)`,
  });

export const baselineOutcome = (pool: Pool): Promise<Outcome> =>
  read(pool, {
    holders: `
      select product_id, count(distinct user_no) as users from baseline.assignment_state
      where error is null group by product_id`,
    usersInError: 'select count(distinct user_no) as users from baseline.assignment_state where error is not null',
  });

async function read(pool: Pool, statements: { holders: string; usersInError: string }): Promise<Outcome> {
  const holders = await pool.query<{ name: string; users: number; consumed: number }>(
    `select p.sku_part_number as name, coalesce(h.users, 0) as users, p.consumed
     from allot.product p left join (${statements.holders}) as h using (product_id) order by 1`,
  );
  const errors = await pool.query<{ users: number }>(statements.usersInError);
  const some = (of: 'users' | 'consumed') =>
    Object.fromEntries(holders.rows.flatMap((row) => (row[of] > 0 ? [[row.name, row[of]]] : [])));
  return { holders: some('users'), consumed: some('consumed'), usersInError: errors.rows[0]?.users ?? 0 };
}
