import { licenseErrors, notFound } from '@allot/contract';
import { checkBundle, type World } from '@allot/engine';
import {
  findGroup,
  type GroupForLicensing,
  type Handle,
  insertAudit,
  loadGroupAssignments,
  loadGroupLicensing,
  loadOwnedProducts,
  lockGroupLicensing,
  notePendingGroup,
  replaceGroupAssignments,
} from '@allot/store';
import { groupTarget } from '../audit/license-targets.ts';
import { recordingRefusals } from '../audit/record-refusals.ts';
import type { Context } from '../context.ts';
import { inTransaction } from '../directory/in-transaction.ts';
import { type AssignLicenseBody, changedAssignments, checkAssignments } from './check-assignments.ts';
import { loadTenantWorld } from './tenant-world.ts';

/**
 * Changes the bundle of a group (L-22, L-24): checked and recorded in the call, processed in the background (L-16); a refusal is
 * recorded too (L-29).
 * @throws ApiError 404, or 400 and nothing changed
 */
export async function assignGroupLicense(ctx: Context, groupId: string, body: AssignLicenseBody): Promise<void> {
  await recordingRefusals(
    ctx,
    { activity: 'Set group license', category: 'GroupManagement' },
    () => groupTarget(ctx, groupId),
    () => setLicense(ctx, groupId, body),
  );
}

async function setLicense(ctx: Context, groupId: string, body: AssignLicenseBody): Promise<void> {
  const { tenantId } = ctx;
  await inTransaction(ctx, async (trx) => {
    const { group, current, next } = await writeLicense(trx, tenantId, groupId, body);
    await insertAudit(trx, tenantId, [
      {
        activity: 'Set group license',
        category: 'GroupManagement',
        correlationId: ctx.correlationId,
        actor: ctx.actor,
        targets: [
          {
            id: group.id,
            displayName: group.displayName,
            type: 'Group',
            modifiedProperties: [
              { displayName: 'AssignedLicense', oldValue: JSON.stringify(current), newValue: JSON.stringify(next) },
            ],
          },
        ],
      },
    ]);
    await notePendingGroup(trx, tenantId, group.id, 'bundle', ctx.correlationId);
  });
}

/** Checks a change of a bundle and writes what is asked for, not what follows from it. @throws ApiError 404, or 400 */
export async function writeLicense(trx: Handle, tenantId: string, groupId: string, body: AssignLicenseBody) {
  const group = await findGroup(trx, tenantId, groupId, { lock: true });
  if (!group) throw notFound(groupId);
  checkLicensable(group);
  const { world } = await loadTenantWorld(trx, tenantId);
  const owned = await loadOwnedProducts(trx, tenantId);
  const added = checkAssignments(world.catalogue, owned, body);

  await lockGroupLicensing(trx, tenantId, group.id);
  const current = (await loadGroupAssignments(trx, tenantId, [group.id])).get(group.id) ?? [];
  const removed = body.removeLicenses.map((skuId) => skuId.toLowerCase());
  const notThere = removed.find((productId) => !current.some((assignment) => assignment.productId === productId));
  if (notThere !== undefined) throw licenseErrors.groupNotHeld(notThere);
  const next = changedAssignments(current, added, removed);
  const [licensing] = await loadGroupLicensing(trx, tenantId, [group.id]);
  refuseUnlessConsistent(world, next, licensing?.prerequisites ?? 'group');
  await replaceGroupAssignments(trx, tenantId, group.id, next);
  return { group, current, next };
}

/** L-22. */
export function checkLicensable(group: GroupForLicensing): void {
  if (!group.securityEnabled) throw licenseErrors.groupNotLicensable();
}

/** L-24, second part: exclusions and requirements inside the bundle. Names the services, as administrators know them. */
export function refuseUnlessConsistent(
  world: World,
  assignments: readonly { readonly productId: string; readonly disabledPlans: readonly string[] }[],
  prerequisites: 'group' | 'user',
): void {
  const refusal = checkBundle(world.catalogue, assignments, prerequisites);
  if (!refusal) return;
  const name = (planId: string) => world.catalogue.planData(planId)?.displayName ?? planId;
  throw refusal.reason === 'exclusive'
    ? licenseErrors.exclusive(
        refusal.plans,
        `${refusal.plans.map(name).join(' and ')} cannot be on together (rule "${refusal.rule}"). Disable all but one in disabledPlans.`,
      )
    : licenseErrors.dependency(
        refusal.plan,
        refusal.anyOf,
        `${name(refusal.plan)} needs ${refusal.anyOf.map(name).join(' or ')} on the same group. Add a product that has it, disable ${name(refusal.plan)}, or set prerequisites of the group to "user".`,
      );
}
