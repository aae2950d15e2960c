import { notFound } from '@allot/contract';
import { selectGroup, selectUser } from '@allot/store';
import type { Context } from '../context.ts';

/** What a deleted object that can be restored is. @throws ApiError 404 */
export async function kindOfDeleted(ctx: Context, id: string): Promise<'user' | 'group'> {
  if (await selectUser(ctx.db, ctx.tenantId, id, [], { deleted: true })) return 'user';
  if (await selectGroup(ctx.db, ctx.tenantId, id, [], { deleted: true })) return 'group';
  throw notFound(id);
}
