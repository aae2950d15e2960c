import { type Activity, forgetPendingUsers, type Handle, loadSeats } from '@allot/store';
import type { Context } from '../context.ts';
import { listMovements } from './list-movements.ts';
import { applyPlanned, planChange, unchangedSeats } from './plan-and-apply.ts';
import { loadTenantWorld } from './tenant-world.ts';

/**
 * Settles some users now, whether or not their facts changed, in a transaction of `inTenant`: facts are derived anew from the directory.
 * Takes nothing in force away from who is there (L-17); who is deleted has nothing afterwards.
 * @param activity for the history
 * @returns the correlation ids of what was pending of these users and is settled now
 */
export async function settleUsers(
  ctx: Context,
  trx: Handle,
  userNos: readonly number[],
  activity: Activity,
): Promise<readonly string[]> {
  const { tenantId } = ctx;
  const { tenant, world, licensedGroupIds } = await loadTenantWorld(trx, tenantId);
  const sources = {
    places: world.catalogue.places,
    defaultUsageLocation: tenant.defaultUsageLocation,
    licensedGroupIds,
  };
  const { movements, listed } = await listMovements(trx, tenantId, userNos, sources, {
    always: true,
    movementNoFirst: 0,
  });
  const causes = await forgetPendingUsers(trx, tenantId, userNos);
  // Deleted users who are in no cohort any more.
  if (!movements.length) return causes;
  const planned = await planChange(trx, tenantId, {
    before: world,
    after: world,
    seats: unchangedSeats(await loadSeats(trx, tenantId)),
    concerned: [],
    movements,
    movers: { listed, wholes: new Map() },
    reactToSeats: tenant.autoResolve,
  });
  await applyPlanned(trx, tenantId, planned, { correlationId: ctx.correlationId, activity });
  return causes;
}
