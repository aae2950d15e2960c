import { mergeCohorts } from '@allot/store';
import type { Context } from '../context.ts';
import { inTenant } from './in-tenant.ts';

/** Merges cohorts that became equal, a bounded number of users at a time. Nobody's licenses change. Returns whether any were. */
export const mergeEqualCohorts = async (ctx: Context): Promise<boolean> =>
  (await inTenant(ctx, (trx) => mergeCohorts(trx, ctx.tenantId, ctx.correlationId))) > 0;
