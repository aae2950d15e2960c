import { notFound, type PlanEffect } from '@allot/contract';
import {
  findGroup,
  type GroupForLicensing,
  type Handle,
  insertAudit,
  loadGroupAssignments,
  lockGroupLicensing,
  notePendingGroup,
  updateGroupLicensing,
} from '@allot/store';
import { groupTarget } from '../audit/license-targets.ts';
import { recordingRefusals } from '../audit/record-refusals.ts';
import type { Context } from '../context.ts';
import { groupEntry, modifiedProperties } from '../directory/audit-entries.ts';
import { refuseUnlessConsistent } from '../licensing/assign-group-license.ts';
import { changeWorld } from '../licensing/change-world.ts';
import { previewChange } from '../licensing/preview-change.ts';
import { loadTenantWorld } from '../licensing/tenant-world.ts';
import { type GroupSettings, readGroupSettingsIn } from './read-group-settings.ts';

type Writable = Pick<GroupSettings, 'atomicity' | 'priority' | 'licenseInheritance' | 'newPlans' | 'prerequisites'>;

export type GroupSettingsPatch = { readonly [Name in keyof Writable]?: Writable[Name] };

/**
 * Changes how a group licenses its members, who are settled again in the same transaction: a bundle that may be granted in
 * parts is granted before anybody can read that it may be.
 * @param patch values of the right kind: see the readers of the own API
 * @returns the settings as they are now
 * @throws ApiError 404; 400 when `prerequisites: "group"` is asked for and the bundle does not meet them (L-24)
 */
export async function changeGroupSettings(
  ctx: Context,
  groupId: string,
  patch: GroupSettingsPatch,
): Promise<GroupSettings> {
  return recordingRefusals(
    ctx,
    { activity, category: 'GroupManagement' },
    () => groupTarget(ctx, groupId),
    () => writeGroupSettings(ctx, groupId, patch),
  );
}

async function writeGroupSettings(ctx: Context, groupId: string, patch: GroupSettingsPatch): Promise<GroupSettings> {
  const found = await findGroup(ctx.db, ctx.tenantId, groupId);
  if (!found) throw notFound(groupId);
  const change = (trx: Handle) => writeGroupSettingsIn({ ...ctx, db: trx }, groupId, patch);
  return changeWorld(ctx, 'settings', activity, change, { by: 'group', groupIds: [found.id] });
}

/** The same inside a transaction, which is the database of `ctx`. */
async function writeGroupSettingsIn(ctx: Context, groupId: string, patch: GroupSettingsPatch): Promise<GroupSettings> {
  const { db: trx } = ctx;
  const group = await findGroup(trx, ctx.tenantId, groupId);
  if (!group) throw notFound(groupId);
  await lockGroupLicensing(trx, ctx.tenantId, group.id);
  const before = writable(await readGroupSettingsIn(trx, ctx.tenantId, group.id));
  if (patch.prerequisites === 'group' && before.prerequisites !== 'group') await refuseInconsistent(ctx, trx, group);
  await updateGroupLicensing(trx, ctx.tenantId, group.id, patch);
  const after = await readGroupSettingsIn(trx, ctx.tenantId, group.id);
  const modified = modifiedProperties(before, writable(after));
  await insertAudit(trx, ctx.tenantId, [groupEntry(ctx, activity, group, modified)]);
  // Whom it reaches now is found by comparing memberships, in the background like every change of members (L-16, L-23).
  if (before.licenseInheritance !== after.licenseInheritance)
    await notePendingGroup(trx, ctx.tenantId, group.id, 'members', ctx.correlationId);
  return after;
}

/**
 * What changing how a group licenses its members would do to them. Nothing is changed.
 * @throws ApiError as for the change itself
 */
export const previewGroupSettings = (ctx: Context, groupId: string, patch: GroupSettingsPatch): Promise<PlanEffect> =>
  previewChange(ctx, async (inside) => {
    await writeGroupSettingsIn(inside, groupId, patch);
    const { correlationId } = ctx;
    return {
      groups: [{ groupId, reason: 'bundle', correlationId }],
      named: { sources: new Set([groupId]), productIds: [] },
    };
  });

const activity = 'Update group licensing';

const writable = ({ atomicity, priority, licenseInheritance, newPlans, prerequisites }: GroupSettings) => ({
  atomicity,
  priority,
  licenseInheritance,
  newPlans,
  prerequisites,
});

/** Before anything is written: what is prepared of the world must be what others may see. */
async function refuseInconsistent(ctx: Context, trx: Handle, group: GroupForLicensing): Promise<void> {
  const assignments = (await loadGroupAssignments(trx, ctx.tenantId, [group.id])).get(group.id) ?? [];
  const { world } = await loadTenantWorld(trx, ctx.tenantId);
  refuseUnlessConsistent(world, assignments, 'group');
}
