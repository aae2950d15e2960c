import { type DirectoryExtension, notFound } from '@allot/contract';
import { selectUser } from '@allot/store';
import type { Context } from '../context.ts';

/**
 * The directory extensions that a user has, by name. Graph shows those that a request names; who wants to see all asks here.
 * @param ref id or user principal name
 * @throws ApiError 404
 */
export async function listExtensions(ctx: Context, ref: string): Promise<DirectoryExtension[]> {
  const user = await selectUser(ctx.db, ctx.tenantId, ref, ['extensions']);
  if (user === undefined) throw notFound(ref);
  // `as`: what readExtension let in.
  const values = Object.entries((user['extensions'] ?? {}) as Readonly<Record<string, DirectoryExtension['value']>>);
  return values.map(([name, value]) => ({ name, value })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
