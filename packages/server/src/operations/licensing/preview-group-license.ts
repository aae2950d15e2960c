import type { PlanEffect } from '@allot/contract';
import type { Context } from '../context.ts';
import { writeLicense } from './assign-group-license.ts';
import type { AssignLicenseBody } from './check-assignments.ts';
import { previewChange } from './preview-change.ts';

/**
 * What a change of the licenses of a group would do to everybody whom it reaches. Nothing is changed.
 * @throws ApiError 404, or 400 as for the change itself
 */
export const previewGroupLicense = (ctx: Context, groupId: string, body: AssignLicenseBody): Promise<PlanEffect> =>
  previewChange(ctx, async ({ db, tenantId, correlationId }) => {
    const { group } = await writeLicense(db, tenantId, groupId, body);
    return {
      groups: [{ groupId: group.id, reason: 'bundle', correlationId }],
      named: {
        sources: new Set([group.id]),
        productIds: [...body.addLicenses.map(({ skuId }) => skuId), ...body.removeLicenses],
      },
    };
  });
