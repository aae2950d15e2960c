import { notFound } from '@allot/contract';
import { findUser } from '@allot/store';
import type { Context } from '../context.ts';
import { stateOf } from './assign-user-license.ts';
import { type ExplainedEntry, explainEntries } from './explain-entries.ts';
import { inSnapshot } from './in-snapshot.ts';
import { loadTenantWorld } from './tenant-world.ts';

/** L-28: every entry of a user, with why it is not plainly active and what helps. */
export const explainUser = (ctx: Context, userRef: string): Promise<readonly ExplainedEntry[]> =>
  inSnapshot(ctx, (snapshot) => explainInside(snapshot, userRef));

async function explainInside(ctx: Context, userRef: string): Promise<readonly ExplainedEntry[]> {
  const { db, tenantId } = ctx;
  const user = await findUser(db, tenantId, userRef);
  if (!user) throw notFound(userRef);
  const { userNo, usageLocation } = user;
  const state = await stateOf(db, tenantId, userNo);
  if (!state) return [];
  const explained = await explainEntries(ctx, await loadTenantWorld(db, tenantId), [{ userNo, usageLocation, state }]);
  return explained.get(userNo) ?? [];
}
