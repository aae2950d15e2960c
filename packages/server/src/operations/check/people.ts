import { findStrayOwners, findStrayRoles } from '@allot/store';
import { foundIn, type TenantCheck, userIds, userName } from './check.ts';

/** Who is responsible for what. Nothing follows from it for licenses, and nobody sees it but in lists: so it is looked at here. */
export const peopleChecks: readonly TenantCheck[] = [
  {
    name: 'owners-exist',
    claim: 'Owners of groups exist, and so do the groups that they own.',
    find: ({ db, tenant }) =>
      foundIn(findStrayOwners(db, tenant.tenantId), (row) => ({
        sentence: row.groupExists
          ? `${userName(row)} owns group ${row.groupId} and is not in the directory.`
          : `${userName(row)} owns group ${row.groupId}, which does not exist.`,
        ids: { ...userIds(row), groupId: row.groupId },
      })),
  },
  {
    name: 'roles-of-people',
    claim: 'Whoever has a role exists, and so does the group that it is for.',
    find: ({ db, tenant }) =>
      foundIn(findStrayRoles(db, tenant.tenantId), ({ assignmentId, principalId, principalExists, groupId }) => ({
        sentence: principalExists
          ? `Person ${principalId} has a role for group ${groupId}, which does not exist.`
          : `There is a role of ${principalId}, who is neither a user nor a local administrator.`,
        ids: { roleAssignmentId: assignmentId, principalId, ...(groupId === null ? {} : { groupId }) },
      })),
  },
];
