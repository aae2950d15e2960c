import type { Pool } from '../server.ts';

/**
 * The table that a good engineer would make first: what each source gives each user of each product. No history and no
 * line are kept, which ours does.
 */
const schema = `
  create schema baseline;
  create table baseline.assignment_state (
    tenant_id  uuid not null,
    user_no    bigint not null,
    group_id   uuid not null,
    product_id uuid not null,
    error      text,
    since      timestamptz not null default now(),
    primary key (tenant_id, user_no, group_id, product_id)
  );
  create index assignment_state_error on baseline.assignment_state (tenant_id, product_id, error, since, user_no)
    where error is not null;`;

/** Makes the table with what the users of this tenant have: the same licenses and errors as the cohorts say. */
export async function insertStates(pool: Pool): Promise<void> {
  await pool.query(schema);
  await pool.query(
    `insert into baseline.assignment_state (tenant_id, user_no, group_id, product_id, error)
     select uc.tenant_id, uc.user_no, s.group_id, s.product_id, e.error
     from allot.user_cohort uc
     join allot.cohort c using (tenant_id, cohort_id)
     join allot.settled_license s on s.tenant_id = c.tenant_id and s.group_id = any(c.groups)
     left join allot.cohort_exception e on e.tenant_id = c.tenant_id and e.cohort_id = c.cohort_id
       and e.source_id = s.group_id and e.product_id = s.product_id and e.kind = 'missing'
     order by uc.tenant_id, uc.user_no, s.group_id, s.product_id`,
  );
}

/** One (user, source, product). error null: in force. */
export interface AssignmentState {
  readonly userNo: number;
  readonly groupId: string;
  readonly productId: string;
  readonly error: string | null;
}

/** Writes what is new or changed, of one batch, as arrays. */
export async function writeStates(
  pool: Pick<Pool, 'query'>,
  tenantId: string,
  states: readonly AssignmentState[],
): Promise<void> {
  if (!states.length) return;
  await pool.query({
    name: 'write states',
    text: `insert into baseline.assignment_state (tenant_id, user_no, group_id, product_id, error)
           select $1, * from unnest($2::bigint[], $3::uuid[], $4::uuid[], $5::text[])
           on conflict (tenant_id, user_no, group_id, product_id) do update set error = excluded.error, since = now()`,
    values: [
      tenantId,
      states.map((s) => s.userNo),
      states.map((s) => s.groupId),
      states.map((s) => s.productId),
      states.map((s) => s.error),
    ],
  });
}
