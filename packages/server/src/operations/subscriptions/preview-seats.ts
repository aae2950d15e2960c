import type { PlanEffect } from '@allot/contract';
import type { Handle } from '@allot/store';
import type { Context } from '../context.ts';
import { changeWorldAsShown } from '../licensing/change-world.ts';
import { describePlan } from '../licensing/describe-plan.ts';

/** What a change of seats would do to those who have one and to those who wait (L-13, L-14). It is made, and taken back. */
export const previewSeats = (
  ctx: Context,
  mutate: (trx: Handle) => Promise<{ readonly skuId: string }>,
): Promise<PlanEffect> =>
  changeWorldAsShown(ctx, 'seats', 'Update subscription', {
    dryRun: true,
    mutate,
    show: (trx, { skuId }, { planned, seats, ...worlds }) =>
      describePlan(trx, ctx.tenantId, worlds, planned, seats, { sources: new Set(), productIds: [skuId] }),
  });
