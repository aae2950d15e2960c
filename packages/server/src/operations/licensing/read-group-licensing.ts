import { type GroupLicensing, loadGroupAssignments, loadGroupLicensing } from '@allot/store';
import type { Context } from '../context.ts';

/** What Graph says of a group's licenses. */
export interface GroupLicensingView {
  readonly assignedLicenses: readonly { readonly skuId: string; readonly disabledPlans: readonly string[] }[];
  /** null: the group never had licenses (L-18). */
  readonly licenseProcessingState: { readonly state: GroupLicensing['state'] } | null;
  readonly licensing: GroupLicensing | undefined;
}

/** Licenses of groups as administrators asked for them, with the state of processing, by group. */
export async function readGroupLicensing(
  ctx: Context,
  groupIds: readonly string[],
): Promise<Map<string, GroupLicensingView>> {
  const assignments = await loadGroupAssignments(ctx.db, ctx.tenantId, groupIds);
  const licensing = new Map(
    (await loadGroupLicensing(ctx.db, ctx.tenantId, groupIds)).map((row) => [row.groupId, row]),
  );
  return new Map(
    groupIds.map((groupId) => {
      const row = licensing.get(groupId);
      return [
        groupId,
        {
          assignedLicenses: (assignments.get(groupId) ?? []).map(({ productId, disabledPlans }) => ({
            skuId: productId,
            disabledPlans,
          })),
          licenseProcessingState: row?.firstLicensedAt ? { state: row.state } : null,
          licensing: row,
        },
      ];
    }),
  );
}
