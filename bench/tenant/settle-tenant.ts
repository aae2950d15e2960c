import { createHash, randomUUID } from 'node:crypto';
import { keyOf, prepareCatalogue } from '@allot/engine';
import { type Database, forTenant, loadCatalogue } from '@allot/store';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { settlePending } from '../../packages/server/src/operations/licensing/settle-pending.ts';
import type { Pool } from '../server.ts';
import { sharingUsers } from './directory.ts';
import { type LicensedGroup, tenantId } from './groups.ts';

export const contextOf = ({ db }: Pick<Database, 'db'>): Context => ({
  db: forTenant(db, tenantId),
  tenantId,
  actor: { kind: 'app', id: '5f0ad0a8-9a2f-4e0f-8e27-6cf3f2b3a001', displayName: 'Benchmark' },
  correlationId: randomUUID(),
});

/** Puts all users into cohorts without groups, as if they had just been imported and settled. */
export async function insertBaseCohorts({ db, pool }: Database, users: number): Promise<void> {
  const { places } = prepareCatalogue(await loadCatalogue(db, tenantId, 'classic'));
  const states = [...new Set(['', ...places.values()])].flatMap((place) =>
    [false, true].map((sharesAddress) => ({
      place,
      sharesAddress,
      key: createHash('md5')
        .update(keyOf({ facts: { place, sharesAddress, direct: [], groups: [] }, exceptions: [] }))
        .digest('hex'),
    })),
  );
  await pool.query(
    `insert into allot.cohort (tenant_id, key, place, shares_address, groups, members)
     select $1, key, place, shares, '{}', 0 from unnest($2::uuid[], $3::text[], $4::boolean[]) as s (key, place, shares)`,
    [tenantId, states.map((s) => s.key), states.map((s) => s.place), states.map((s) => s.sharesAddress)],
  );
  await pool.query(
    `insert into allot.user_cohort (tenant_id, user_no, cohort_id)
     select $1, u.user_no, c.cohort_id
     from allot.directory_user u
     left join unnest($2::text[], $3::text[]) as p (country, place) on p.country = u.usage_location
     join allot.cohort c on c.place = coalesce(p.place, '') and c.shares_address = (u.user_no <= $4)
     order by u.user_no`,
    [tenantId, [...places.keys()], [...places.values()], sharingUsers(users)],
  );
  await pool.query(
    `update allot.cohort c set members = n.members
     from (select cohort_id, count(*)::int as members from allot.user_cohort group by cohort_id) as n
     where n.cohort_id = c.cohort_id`,
  );
  await pool.query('delete from allot.cohort where members = 0');
}

/** Licenses the groups by our own code: what `assignGroupLicense` writes, for all of them, and then settling. */
export async function licenseGroups(database: Database, groups: readonly LicensedGroup[]): Promise<void> {
  const { pool } = database;
  await pool.query(
    `insert into allot.group_licensing (tenant_id, group_id, first_licensed_at, state)
     select $1, group_id, timestamptz '2026-01-01' + no * interval '1 second', 'QueuedForProcessing'
     from unnest($2::uuid[]) with ordinality as g (group_id, no)`,
    [tenantId, groups.map(({ id }) => id)],
  );
  await pool.query(
    `insert into allot.group_license (tenant_id, group_id, product_id, disabled_plans)
     select $1, g.group_id, a."productId", a."disabledPlans"
     from jsonb_to_recordset($2::jsonb) as g (group_id uuid, assignments jsonb),
          jsonb_to_recordset(g.assignments) as a ("productId" uuid, "disabledPlans" uuid[])`,
    [tenantId, JSON.stringify(groups.map(({ id, assignments }) => ({ group_id: id, assignments })))],
  );
  for (let i = 0; i < groups.length; i += groupsAtATime) {
    await pool.query(
      `insert into allot.pending_group (tenant_id, group_id, reason, correlation_id)
       select $1, unnest($2::uuid[]), 'bundle', gen_random_uuid()`,
      [tenantId, groups.slice(i, i + groupsAtATime).map(({ id }) => id)],
    );
    await settleAll(database);
  }
}

/** Settled in portions, with a cleaning after each, so that moved pointers find room in their pages. */
const groupsAtATime = 50;

async function settleAll(database: Database): Promise<void> {
  const ctx = contextOf(database);
  for (let more = true; more; ) {
    more = await settlePending(ctx);
    await database.pool.query('vacuum analyze');
  }
}

export async function countCohorts(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*) as count from allot.cohort where members > 0');
  return rows[0]?.count ?? 0;
}
