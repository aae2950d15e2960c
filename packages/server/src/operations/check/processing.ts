import { findStuckGroups, findUnsettledBundles } from '@allot/store';
import { foundIn, type TenantCheck } from './check.ts';

/** What was accepted, against what is settled and who will settle the rest. */
export const processingChecks: readonly TenantCheck[] = [
  {
    name: 'bundles-settled',
    claim: 'The bundle of every group that is not pending is settled as it was accepted.',
    find: ({ db, tenant }) =>
      foundIn(findUnsettledBundles(db, tenant.tenantId), ({ groupId, productId, accepted, settled }) => ({
        sentence: `Product ${productId} of group ${groupId} is ${state(accepted, settled)}, and nothing of the group is pending.`,
        ids: { groupId, skuId: productId },
      })),
  },
  {
    name: 'groups-processed',
    claim: 'Only groups that are pending are queued or in progress (L-18).',
    find: ({ db, tenant }) =>
      foundIn(findStuckGroups(db, tenant.tenantId), (row) => ({
        sentence: `Group ${row.groupId} is in state ${row.state}, and nothing of it is pending.`,
        ids: { groupId: row.groupId },
      })),
  },
  {
    name: 'pending-work',
    claim: 'What is pending has a job that a worker takes, or is working on.',
    find: async ({ tenant: { tenantId }, pending: { users, groupIds, hasJob } }) => {
      if (hasJob || users + groupIds.length === 0) return { count: 0, differences: [] };
      const sentence = `${users} users and ${groupIds.length} groups are pending, and no job will settle them; a worker that is running adds one within seconds.`;
      return { count: 1, differences: [{ sentence, ids: { tenantId } }] };
    },
  },
];

const state = (accepted: boolean, settled: boolean): string =>
  accepted && settled ? 'settled with other plans' : accepted ? 'not settled' : 'settled and not asked for any more';
