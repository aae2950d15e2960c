import { sql } from 'kysely';
import type { CheckedTenant } from './checked-tenant.ts';
import { type Corruption, nobody, strange } from './corruption.ts';

/** Of who is responsible for what. */
export const corruptionsOfPeople = ({ tenantId, users, groups }: CheckedTenant): readonly Corruption[] => [
  {
    title: 'owners who are gone and owners of what is gone; deleted ones may be restored',
    statements: [
      sql`insert into allot.group_owner (tenant_id, group_id, user_no) values
            (${tenantId}, ${groups.sales}, ${users.first.userNo}), (${tenantId}, ${groups.sales}, ${nobody}),
            (${tenantId}, ${strange}, ${users.second.userNo}), (${tenantId}, ${groups.mail}, ${nobody - 1})`,
      sql`insert into allot.directory_user (tenant_id, user_no, id, created_at, deleted_at, user_principal_name, display_name, mail_nickname)
          values (${tenantId}, ${nobody - 1}, gen_random_uuid(), now(), now(), 'dead@test.example', 'Dead', 'dead')`,
    ],
    found: {
      'owners-exist': [
        { userId: users.second.id, userNo: users.second.userNo, groupId: strange },
        { userNo: nobody, groupId: groups.sales },
      ],
    },
  },
  {
    title: 'roles of nobody and roles for no group',
    statements: [
      sql`insert into allot.role_assignment (tenant_id, id, principal_id, role_id, group_id) values
            (${tenantId}, '11111111-0000-4000-8000-000000000000', ${users.first.id}, ${strange}, null),
            (${tenantId}, '22222222-0000-4000-8000-000000000000', ${strange}, ${strange}, null),
            (${tenantId}, '33333333-0000-4000-8000-000000000000', ${users.first.id}, ${strange}, ${strange})`,
    ],
    found: {
      'roles-of-people': [
        { roleAssignmentId: '22222222-0000-4000-8000-000000000000', principalId: strange },
        { roleAssignmentId: '33333333-0000-4000-8000-000000000000', principalId: users.first.id, groupId: strange },
      ],
    },
  },
];
