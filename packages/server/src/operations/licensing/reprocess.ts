import { notFound } from '@allot/contract';
import {
  findGroup,
  findUser,
  forgetPendingUsers,
  insertAudit,
  loadSeats,
  lockGroupLicensing,
  notePendingGroup,
} from '@allot/store';
import { causedBy } from '../audit/caused-by.ts';
import type { Context } from '../context.ts';
import { inTenant } from './in-tenant.ts';
import { listMovements } from './list-movements.ts';
import { applyPlanned, planChange, unchangedSeats } from './plan-and-apply.ts';
import { loadTenantWorld } from './tenant-world.ts';

/** L-17 for one user: facts derived anew and settled in the call. Takes nothing in force away. */
export async function reprocessUser(ctx: Context, userRef: string): Promise<void> {
  await inTenant(ctx, async (trx) => {
    const { tenantId } = ctx;
    const user = await findUser(trx, tenantId, userRef);
    if (!user) throw notFound(userRef);
    const { tenant, world, licensedGroupIds } = await loadTenantWorld(trx, tenantId);
    const sources = {
      places: world.catalogue.places,
      defaultUsageLocation: tenant.defaultUsageLocation,
      licensedGroupIds,
    };
    const { movements, listed } = await listMovements(trx, tenantId, [user.userNo], sources, {
      always: true,
      movementNoFirst: 0,
    });
    const planned = await planChange(trx, tenantId, {
      before: world,
      after: world,
      seats: unchangedSeats(await loadSeats(trx, tenantId)),
      concerned: [],
      movements,
      movers: { listed, wholes: new Map() },
      reactToSeats: tenant.autoResolve,
    });
    await applyPlanned(trx, tenantId, planned, { correlationId: ctx.correlationId, activity: 'Change user license' });
    const causes = await forgetPendingUsers(trx, tenantId, [user.userNo]);
    await insertAudit(trx, tenantId, [
      {
        activity: 'Change user license',
        category: 'UserManagement',
        correlationId: ctx.correlationId,
        actor: ctx.actor,
        targets: [{ id: user.id, displayName: user.displayName, type: 'User' }],
        details: [{ key: 'reprocess', value: 'true' }, ...causedBy(causes)],
      },
    ]);
  });
}

/** L-17 for a group: accepted at once, settled in the background. */
export async function reprocessGroup(ctx: Context, groupId: string): Promise<void> {
  const { tenantId } = ctx;
  await ctx.db.transaction().execute(async (trx) => {
    const group = await findGroup(trx, tenantId, groupId);
    if (!group) throw notFound(groupId);
    await lockGroupLicensing(trx, tenantId, group.id);
    await insertAudit(trx, tenantId, [
      {
        activity: 'Trigger group license recalculation',
        category: 'GroupManagement',
        correlationId: ctx.correlationId,
        actor: ctx.actor,
        targets: [{ id: group.id, displayName: group.displayName, type: 'Group' }],
      },
    ]);
    await notePendingGroup(trx, tenantId, group.id, 'reprocess', ctx.correlationId);
  });
}
