import { notFound } from '@allot/contract';
import {
  bumpWorld,
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
import { inTenant } from '../licensing/in-tenant.ts';
import { loadTenantWorld } from '../licensing/tenant-world.ts';
import { type GroupSettings, readGroupSettingsIn } from './read-group-settings.ts';

type Writable = Pick<GroupSettings, 'atomicity' | 'priority' | 'licenseInheritance' | 'newPlans' | 'prerequisites'>;

export type GroupSettingsPatch = { readonly [Name in keyof Writable]?: Writable[Name] };

/**
 * Changes how a group licenses its members; its members are settled again in the background (L-16).
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
    { activity: 'Update group licensing', category: 'GroupManagement' },
    () => groupTarget(ctx, groupId),
    () => writeGroupSettings(ctx, groupId, patch),
  );
}

async function writeGroupSettings(ctx: Context, groupId: string, patch: GroupSettingsPatch): Promise<GroupSettings> {
  // Alone in the tenant, because bundles and these settings are one prepared world with one revision.
  return inTenant(ctx, async (trx) => {
    const group = await findGroup(trx, ctx.tenantId, groupId);
    if (!group) throw notFound(groupId);
    await lockGroupLicensing(trx, ctx.tenantId, group.id);
    const before = writable(await readGroupSettingsIn(trx, ctx.tenantId, group.id));
    if (patch.prerequisites === 'group' && before.prerequisites !== 'group') await refuseInconsistent(ctx, trx, group);
    await updateGroupLicensing(trx, ctx.tenantId, group.id, patch);
    const after = writable(await readGroupSettingsIn(trx, ctx.tenantId, group.id));
    const modified = modifiedProperties(before, after);
    if (modified.length > 0) {
      await bumpWorld(trx, ctx.tenantId);
      await insertAudit(trx, ctx.tenantId, [groupEntry(ctx, 'Update group licensing', group, modified)]);
      await notePendingGroup(trx, ctx.tenantId, group.id, 'bundle', ctx.correlationId);
    }
    return readGroupSettingsIn(trx, ctx.tenantId, group.id);
  });
}

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
