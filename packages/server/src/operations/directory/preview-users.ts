import type { PlanEffect } from '@allot/contract';
import type { Context } from '../context.ts';
import { previewChange } from '../licensing/preview-change.ts';
import { deleteUser } from './delete-user.ts';
import { updateUser } from './update-user.ts';
import { setUserAddresses } from './user-addresses.ts';

/** Users of one preview: each is changed by itself, 4 ms each. */
export const PREVIEWED_CHANGES_MAX = 1_000;

/**
 * What the same change of some users would do to licenses: theirs, and those of others who get what becomes free. Nothing is changed.
 * @param body as of PATCH /v1.0/users/{id}
 * @throws ApiError 404, or 400 as for the change itself
 */
export const previewUserChange = (ctx: Context, userIds: readonly string[], body: unknown): Promise<PlanEffect> =>
  previewChange(ctx, async (inside) => {
    for (const userId of userIds) await updateUser(inside, userId, body);
    return {};
  });

/**
 * What other addresses of a user would do to licenses: to the user's, and to those of whoever shares an address with the user now or then (L-11).
 * Nothing is changed.
 * @param ref id or user principal name
 * @throws ApiError as the change itself
 */
export const previewUserAddresses = (ctx: Context, ref: string, proxyAddresses: unknown): Promise<PlanEffect> =>
  previewChange(ctx, async (inside) => {
    await setUserAddresses(inside, ref, proxyAddresses);
    return {};
  });

/** What deleting users would do to licenses. Nothing is changed. @throws ApiError 404 */
export const previewUserDeletion = (ctx: Context, userIds: readonly string[]): Promise<PlanEffect> =>
  previewChange(ctx, async (inside) => {
    for (const userId of userIds) await deleteUser(inside, userId);
    return {};
  });
