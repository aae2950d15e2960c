import { findPointersOfNobody, findPointersToNothing, findUsersWithoutCohort } from '@allot/store';
import { foundIn, type TenantCheck, userIds, userName } from './check.ts';

/** Who is in which cohort. */
export const pointerChecks: readonly TenantCheck[] = [
  {
    name: 'users-in-cohorts',
    claim: 'Every user who is not deleted is in a cohort.',
    find: ({ db, tenant }) =>
      foundIn(findUsersWithoutCohort(db, tenant.tenantId), (row) => ({
        sentence: `${userName(row)} is in no cohort, so that no group gives it anything.`,
        ids: userIds(row),
      })),
  },
  {
    name: 'cohorts-of-users',
    claim: 'Nobody else is in a cohort.',
    find: ({ db, tenant }) =>
      foundIn(findPointersOfNobody(db, tenant.tenantId), (row) => ({
        sentence: `${userName(row)} is ${row.userId === null ? 'not in the directory' : 'deleted'} and still in cohort ${row.cohortNo}.`,
        ids: { ...userIds(row), cohortId: row.cohortNo },
      })),
  },
  {
    name: 'cohorts-exist',
    claim: 'The cohort of every user exists.',
    find: ({ db, tenant }) =>
      foundIn(findPointersToNothing(db, tenant.tenantId), (row) => ({
        sentence: `${userName(row)} is in cohort ${row.cohortNo}, which does not exist.`,
        ids: { ...userIds(row), cohortId: row.cohortNo },
      })),
  },
];
