import type { Pool } from '../server.ts';
import type { TenantKind } from '../works.ts';
import {
  countries,
  departmentCount,
  everybody,
  groupIdOf,
  levelCount,
  licensedGroups,
  optionalCount,
  projectCount,
  unlicensedGroups,
} from './groups.ts';

/** Every draw is a hash of the user's number: the same tenant at every run. A number from 0 up to `below`. */
const draw = (seed: number | string, below: number): string =>
  `abs(mod(hashint8extended(u.user_no, ${seed}), ${below}))`;

/** Users who share an address with another user: one pair for every twenty thousand, at least one pair. */
export const sharingUsers = (users: number): number => 2 * Math.ceil(users / 20_000);

/** Users 1 to N; their country, department and level are drawn. */
export async function insertUsers(pool: Pool, tenantId: string, users: number): Promise<void> {
  await pool.query(
    `insert into allot.directory_user (tenant_id, user_no, id, created_at, user_principal_name, display_name,
                                       mail_nickname, mail, usage_location, department, job_title)
     select $1, user_no, md5('user ' || user_no)::uuid, timestamptz '2020-01-01' + user_no * interval '1 second',
            'user' || user_no || '@bench.example', 'User ' || user_no, 'user' || user_no,
            -- As synchronized directories have it; who lacks mail would get addresses with the first mailbox (L-30).
            'user' || user_no || '@bench.example',
            ($2::text[])[1 + ${draw(1, countries.length)}], 'department ' || ${draw(2, departmentCount)},
            'level ' || ${draw(3, levelCount)}
     from generate_series(1, $3::bigint) as u (user_no)`,
    [tenantId, countries, users],
  );
  await pool.query(
    `insert into allot.user_address (tenant_id, address, user_no)
     select $1, 'pair' || (user_no + 1) / 2 || '@bench.example', user_no from generate_series(1, $2::bigint) as user_no`,
    [tenantId, sharingUsers(users)],
  );
}

/** All groups; members of all but the departments, which `insertDepartmentMembers` fills. */
export async function insertGroups(pool: Pool, tenantId: string, kind: TenantKind): Promise<void> {
  const names = [...licensedGroups(kind).map(({ name }) => name), ...Object.values(unlicensedGroups)];
  await pool.query(
    `insert into allot.directory_group (tenant_id, id, display_name, mail_nickname)
     select $1, md5(name)::uuid, name, replace(name, ' ', '') from unnest($2::text[]) as name`,
    [tenantId, names],
  );
  const members = [
    `select '${groupIdOf(everybody)}'::uuid, u.user_no from allot.directory_user u`,
    `select '${groupIdOf(unlicensedGroups.all)}'::uuid, u.user_no from allot.directory_user u`,
    `select '${groupIdOf(unlicensedGroups.half)}'::uuid, u.user_no from allot.directory_user u where ${draw(5, 2)} = 0`,
    ...(kind === 'organization' ? organizationMembers : adversarialMembers),
  ];
  for (const statement of members) {
    await pool.query(
      `insert into allot.membership (tenant_id, group_id, user_no)
       select $1, m.group_id, m.user_no from (${statement}) as m (group_id, user_no) order by 2, 3`,
      [tenantId],
    );
  }
}

const organizationMembers = [
  `select md5('country ' || u.usage_location)::uuid, u.user_no from allot.directory_user u`,
  'select md5(u.job_title)::uuid, u.user_no from allot.directory_user u',
  // A project draws a tenth of one department.
  `select md5('project ' || p)::uuid, u.user_no
   from generate_series(0, ${projectCount - 1}) as p
   join allot.directory_user u on u.department = 'department ' || p % ${departmentCount} and ${draw('100 + p', 10)} = 0`,
];

const adversarialMembers = [
  `select md5('optional ' || g)::uuid, u.user_no
   from generate_series(0, ${optionalCount - 1}) as g, allot.directory_user u where ${draw('200 + g', 10)} = 0`,
];

/**
 * One statement that makes every user a member of the group of its department: N memberships, in the order of the
 * primary key as an import writes them. This is the work of W3 for every side.
 */
export const insertDepartmentMembers = `
  insert into allot.membership (tenant_id, group_id, user_no)
  select u.tenant_id, g.id, u.user_no
  from allot.directory_user u
  join allot.directory_group g on g.tenant_id = u.tenant_id and g.display_name = u.department
  where u.tenant_id = $1
  order by g.id, u.user_no`;
