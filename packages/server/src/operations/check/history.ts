import { findHistoryWithoutChange, findMissingChanges, findOtherArrivals, findUntiedChanges } from '@allot/store';
import { foundIn, type TenantCheck, userIds, userName } from './check.ts';

/** The record of what was changed (L-29, L-31). */
export const historyChecks: readonly TenantCheck[] = [
  {
    name: 'changes-numbered',
    claim: 'Changes are numbered without a gap, up to the revision of the tenant.',
    find: ({ db, tenant }) =>
      foundIn(findMissingChanges(db, tenant.tenantId), ({ changeId, beyond }) => ({
        sentence: beyond
          ? `Change ${changeId} is recorded, and the tenant has revision ${tenant.revision}.`
          : `Change ${changeId} is not recorded.`,
        ids: { changeId },
      })),
  },
  {
    name: 'changes-tied',
    claim: 'Every change has a correlation id and says what happened.',
    find: ({ db, tenant }) =>
      foundIn(findUntiedChanges(db, tenant.tenantId), ({ changeId }) => ({
        sentence: `Change ${changeId} has no correlation id or no activity.`,
        ids: { changeId },
      })),
  },
  {
    name: 'history-of-changes',
    claim: 'The histories of cohorts and bundles name changes that are recorded.',
    find: ({ db, tenant }) =>
      foundIn(findHistoryWithoutChange(db, tenant.tenantId), ({ changeId, cohortNo, groupId }) => ({
        sentence: `The history of ${cohortNo === null ? `the bundle of group ${groupId}` : `cohort ${cohortNo}`} names change ${changeId}, which is not recorded.`,
        ids: {
          changeId,
          ...(cohortNo === null ? {} : { cohortId: cohortNo }),
          ...(groupId === null ? {} : { groupId }),
        },
      })),
  },
  {
    name: 'history-of-users',
    claim: 'The history of every user ends in the cohort where the user is.',
    find: ({ db, tenant }) =>
      foundIn(findOtherArrivals(db, tenant.tenantId), (row) => ({
        sentence: `${userName(row)} is in ${cohortName(row.cohortNo)}, and by its history in ${cohortName(row.remembered)} since change ${row.changeId}.`,
        ids: { ...userIds(row), changeId: row.changeId, ...(row.cohortNo === null ? {} : { cohortId: row.cohortNo }) },
      })),
  },
];

const cohortName = (cohortNo: number | null): string => (cohortNo === null ? 'no cohort' : `cohort ${cohortNo}`);
