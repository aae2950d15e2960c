import { badRequest, type PlanEffect } from '@allot/contract';
import {
  COMPARED_GROUPS_MAX,
  loadSeats,
  PENDING_USERS_MAX,
  type Pending,
  pendingPosition,
  takePending,
  wakeNobody,
} from '@allot/store';
import type { Context } from '../context.ts';
import { retrying } from '../retries.ts';
import { followRules } from '../rules/follow-rules.ts';
import { takenBackIf } from '../taken-back.ts';
import { collectMovements } from './collect-movements.ts';
import { describePlan, type NamedByChange } from './describe-plan.ts';
import { planChange, unchangedSeats } from './plan-and-apply.ts';
import { loadTenantWorld, withAcceptedBundles } from './tenant-world.ts';

/** What a change that is shown says of itself, beside what it wrote. */
export interface ShownChange {
  /** Groups to be looked at as a whole, where the change itself did not note them. */
  readonly groups?: Pending['groups'];
  /** Undefined: nothing in particular. */
  readonly named?: NamedByChange;
}

/**
 * What a change would do to licenses once the background has settled it (L-16): it is made by what makes it, in a transaction that is taken
 * back, and what waits by it is planned by what plans it, members by rule included. What waited before is not part of it, nor are rules over
 * licenses, which follow those. Changes of others do not wait for it, except of the same objects.
 * @param change gets a context whose database is that transaction
 * @throws ApiError as the change itself; TooMuchToPreview when it is more than is settled at a time
 */
export const previewChange = (ctx: Context, change: (ctx: Context) => Promise<ShownChange>): Promise<PlanEffect> =>
  retrying(() =>
    takenBackIf(true, (finish) =>
      ctx.db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async (trx) => {
          await wakeNobody(trx);
          const { tenantId } = ctx;
          const inside = { ...ctx, db: trx };
          const before = await loadTenantWorld(trx, tenantId);
          const waiting = await pendingPosition(trx, tenantId);
          const { groups = [], named } = await change(inside);
          const followed = await followRules(inside, trx, before, waiting);
          const noted = await takePending(trx, tenantId, waiting);
          // A part of what comes would be no preview.
          if (followed.more || noted.more) throw tooMuch();
          const pending = { userNos: noted.userNos, groups: [...groups, ...noted.groups] };
          const groupIds = [...new Set(pending.groups.map(({ groupId }) => groupId))];
          const after = groupIds.length ? await withAcceptedBundles(trx, before, groupIds) : before;
          const collected = await collectMovements(trx, before, after, pending, groupIds);
          const seats = await loadSeats(trx, tenantId);
          const worlds = { before: before.world, after: after.world };
          const planned = await planChange(trx, tenantId, {
            ...worlds,
            ...collected,
            seats: unchangedSeats(seats),
            concerned: groupIds.length ? [{ by: 'group', groupIds }] : [],
            reactToSeats: before.tenant.autoResolve,
          });
          return finish(await describePlan(trx, tenantId, worlds, planned, seats, named));
        }),
    ),
  );

const tooMuch = () =>
  badRequest(
    `The change concerns the members of more than ${COMPARED_GROUPS_MAX} groups, or more than ${PENDING_USERS_MAX} users one by one: too many for one preview.`,
    'Look at a part of the change at a time. It can be made as a whole without a preview.',
    'TooMuchToPreview',
  );
