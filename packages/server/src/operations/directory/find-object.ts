import { notFound } from '@allot/contract';
import { selectGroup, selectUser } from '@allot/store';
import type { Context } from '../context.ts';

/** What the object with this id is, unless deleted. @param id a UUID @throws ApiError 404 */
export async function kindOfObject(ctx: Context, id: string): Promise<'user' | 'group'> {
  if (await selectUser(ctx.db, ctx.tenantId, id, [])) return 'user';
  if (await selectGroup(ctx.db, ctx.tenantId, id, [])) return 'group';
  throw notFound(id);
}
