import type { PlanEffect } from '@allot/contract';
import type { Context } from '../context.ts';
import { previewChange } from '../licensing/preview-change.ts';
import { addMembers } from './add-members.ts';
import { removeMember } from './remove-member.ts';

/** Members of one preview: each that leaves is taken out by itself, 3 ms each. */
export const PREVIEWED_MEMBERS_MAX = 1_000;

/**
 * What adding members to a group and removing others would do to licenses. Nothing is changed.
 * @param change ids of users and groups; to add who is a member already does nothing
 * @throws ApiError 404, or 403 as for the changes themselves
 */
export const previewMembers = (
  ctx: Context,
  groupId: string,
  change: { readonly addMembers?: readonly string[]; readonly removeMembers?: readonly string[] },
): Promise<PlanEffect> =>
  previewChange(ctx, async (inside) => {
    await addMembers(inside, groupId, change.addMembers ?? [], 'skip');
    for (const memberId of change.removeMembers ?? []) await removeMember(inside, groupId, memberId);
    return {};
  });
