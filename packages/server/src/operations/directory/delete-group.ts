import { badRequest, licenseErrors, notFound } from '@allot/contract';
import {
  type DirectoryRow,
  type Handle,
  insertAudit,
  licensesLeft,
  loadGroupAssignments,
  loadTenant,
  lockGroupLicensing,
  markGroupsDeleted,
  notePendingAbove,
  notePendingGroup,
  notePendingRules,
  replaceGroupAssignments,
  requestGroupDeletion,
  selectGroup,
} from '@allot/store';
import { groupTarget } from '../audit/license-targets.ts';
import { recordingRefusals } from '../audit/record-refusals.ts';
import type { Context } from '../context.ts';
import { groupEntry } from './audit-entries.ts';
import { inTransaction } from './in-transaction.ts';
import { textOf } from './row-values.ts';

/** `accepted`: the group goes as soon as nobody has a license of it, which is settled in the background. */
export type GroupDeletion = 'deleted' | 'accepted';

/**
 * Deletes a group so that it can be restored (L-25). Its licenses are gone before it is: while some are left, the deletion is recorded and
 * finished by whoever settles them (`finishGroupDeletions`).
 * @param options `removeLicenses`: take its licenses from it first
 * @throws ApiError 404, or 400 when it has licenses, which is recorded (L-29)
 */
export const deleteGroup = (
  ctx: Context,
  groupId: string,
  options: { readonly removeLicenses: boolean },
): Promise<GroupDeletion> =>
  recordingRefusals(
    ctx,
    { activity: 'Delete group', category: 'GroupManagement' },
    () => groupTarget(ctx, groupId),
    () => startDeletion(ctx, groupId, options),
  );

function startDeletion(
  ctx: Context,
  groupId: string,
  { removeLicenses }: { readonly removeLicenses: boolean },
): Promise<GroupDeletion> {
  return inTransaction(ctx, async (trx) => {
    const group = await selectGroup(trx, ctx.tenantId, groupId, ['displayName'], { lock: 'update' });
    if (group === undefined) throw notFound(groupId);
    // Whoever gives the group a license holds the same row.
    await lockGroupLicensing(trx, ctx.tenantId, group.id);
    const assignments = (await loadGroupAssignments(trx, ctx.tenantId, [group.id])).get(group.id) ?? [];
    if (assignments.length > 0) {
      if (!removeLicenses) throw licenseErrors.licensedGroup();
      await replaceGroupAssignments(trx, ctx.tenantId, group.id, []);
      const modified = { displayName: 'AssignedLicense', oldValue: JSON.stringify(assignments), newValue: '[]' };
      await insertAudit(trx, ctx.tenantId, [groupEntry(ctx, 'Set group license', named(group), [modified])]);
      return wait(trx, ctx, group);
    }
    const left = await licensesLeft(trx, ctx.tenantId, group.id);
    if (left.any) {
      if (left.kept && !removeLicenses) await refuseIfKept(trx, ctx);
      return wait(trx, ctx, group);
    }
    await markGroupsDeleted(trx, ctx.tenantId, [group.id]);
    await notePendingAbove(trx, ctx.tenantId, [group.id], ctx.correlationId);
    await notePendingRules(trx, ctx.tenantId, 'everybody', { reads: [`memberof:${group.id}`] }, ctx.correlationId);
    await insertAudit(trx, ctx.tenantId, [groupEntry(ctx, 'Delete group', named(group))]);
    return 'deleted';
  });
}

async function wait(trx: Handle, ctx: Context, group: DirectoryRow): Promise<GroupDeletion> {
  await requestGroupDeletion(trx, ctx.tenantId, group.id, ctx);
  // Also where its licenses were settled already: what is accepted and not done counts as pending.
  await notePendingGroup(trx, ctx.tenantId, group.id, 'bundle', ctx.correlationId);
  return 'accepted';
}

/** With `onGroupDelete: "error"` what members keep of the group stays an error of theirs, and the group with it. */
async function refuseIfKept(trx: Handle, ctx: Context): Promise<void> {
  if ((await loadTenant(trx, ctx.tenantId))?.onGroupDelete !== 'error') return;
  throw badRequest(
    licenseErrors.licensedGroup().message,
    'Members keep licenses of the group that cannot go: solve these errors (membersWithLicenseErrors), or set onGroupDelete to "convert", or delete with removeLicenses=true, and the group goes when they are solved.',
    'MembersKeepLicenses',
  );
}

const named = (group: DirectoryRow) => ({ id: group.id, displayName: textOf(group, 'displayName') ?? group.id });
