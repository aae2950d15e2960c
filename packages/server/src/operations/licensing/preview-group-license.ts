import type { PlanEffect } from '@allot/contract';
import { loadSeats } from '@allot/store';
import type { Context } from '../context.ts';
import { retrying } from '../retries.ts';
import { takenBackIf } from '../taken-back.ts';
import { writeLicense } from './assign-group-license.ts';
import type { AssignLicenseBody } from './check-assignments.ts';
import { collectMovements } from './collect-movements.ts';
import { describePlan } from './describe-plan.ts';
import { planChange, unchangedSeats } from './plan-and-apply.ts';
import { loadTenantWorld, withAcceptedBundles } from './tenant-world.ts';

/**
 * What a change of the licenses of a group would do to everybody whom it reaches, planned by what would plan it. Nothing is changed; what
 * waits to be settled is not part of it. Begins anew when a change of the same group is in its way.
 * @throws ApiError 404, or 400 as for the change itself
 */
export const previewGroupLicense = (ctx: Context, groupId: string, body: AssignLicenseBody): Promise<PlanEffect> =>
  retrying(() =>
    takenBackIf(true, (finish) =>
      ctx.db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async (trx) => {
          const { tenantId, correlationId } = ctx;
          const before = await loadTenantWorld(trx, tenantId);
          const { group } = await writeLicense(trx, tenantId, groupId, body);
          const after = await withAcceptedBundles(trx, before, [group.id]);
          const pending = { userNos: [], groups: [{ groupId: group.id, reason: 'bundle' as const, correlationId }] };
          const collected = await collectMovements(trx, before, after, pending, [group.id]);
          const seats = await loadSeats(trx, tenantId);
          const worlds = { before: before.world, after: after.world };
          const planned = await planChange(trx, tenantId, {
            ...worlds,
            ...collected,
            seats: unchangedSeats(seats),
            concerned: [{ by: 'group', groupIds: [group.id] }],
            reactToSeats: before.tenant.autoResolve,
          });
          const named = {
            sources: new Set([group.id]),
            productIds: [...body.addLicenses.map(({ skuId }) => skuId), ...body.removeLicenses],
          };
          return finish(await describePlan(trx, tenantId, worlds, planned, seats, named));
        }),
    ),
  );
