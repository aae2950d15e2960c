import { badRequest, notFound } from '@allot/contract';
import { findGroupByUniqueName } from '@allot/store';
import type { Context } from '../context.ts';
import { createGroup, type GroupReferences, updateGroup } from './change-groups.ts';
import { objectOf } from './read-values.ts';

/** The id of the group with this unique name. @throws ApiError 404 */
export async function groupOfUniqueName(ctx: Context, uniqueName: string): Promise<string> {
  const id = await findGroupByUniqueName(ctx.db, ctx.tenantId, uniqueName);
  if (id === undefined) throw notFound(uniqueName);
  return id;
}

/**
 * Changes the group with this unique name, or creates it if there is none.
 * @returns the id of a group that was created; undefined: there was one, and it was changed
 * @throws ApiError 400 or 404
 */
export async function upsertGroup(
  ctx: Context,
  uniqueName: string,
  body: unknown,
  references: GroupReferences,
): Promise<string | undefined> {
  const values = withoutUniqueName(body, uniqueName);
  const id = await findGroupByUniqueName(ctx.db, ctx.tenantId, uniqueName);
  if (id === undefined) {
    try {
      return await createGroup(ctx, { ...values, uniqueName }, references);
    } catch (error) {
      // Somebody else may have created it meanwhile; then it is changed.
      if ((await findGroupByUniqueName(ctx.db, ctx.tenantId, uniqueName)) === undefined) throw error;
      return upsertGroup(ctx, uniqueName, body, references);
    }
  }
  await updateGroup(ctx, id, values, references);
  return undefined;
}

/** The body may repeat the name of the address. @throws ApiError 400 when it says another one */
function withoutUniqueName(body: unknown, uniqueName: string): Readonly<Record<string, unknown>> {
  const sent = objectOf(body);
  const key = Object.keys(sent).find((name) => name.toLowerCase() === 'uniquename');
  if (key === undefined) return sent;
  const { [key]: value, ...others } = sent;
  if (typeof value === 'string' && value.toLowerCase() === uniqueName.toLowerCase()) return others;
  throw badRequest(
    'The uniqueName of the request body is not the one of the address.',
    'Leave it out of the body, or send the same.',
  );
}
