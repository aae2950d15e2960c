import { notFound, type PastLicense, type PastLicensing } from '@allot/contract';
import { direct, type Moment, type RecordedEntry, type World } from '@allot/engine';
import { findUser, loadGroupNames } from '@allot/store';
import type { Context } from '../context.ts';
import { inSnapshot } from '../licensing/in-snapshot.ts';
import { loadTenantWorld } from '../licensing/tenant-world.ts';
import { loadTimelines, type Timelines } from './load-timelines.ts';

/**
 * What a user had since when, newest first (L-31); also of one who is deleted and can be restored, by id.
 * @throws ApiError 404
 */
export const readUserHistory = (ctx: Context, userRef: string): Promise<PastLicensing[]> =>
  inSnapshot(ctx, (snapshot) => readInside(snapshot, userRef));

/** What a user had at an instant. */
export async function readUserLicensingAt(ctx: Context, userRef: string, at: Date): Promise<PastLicensing> {
  const history = await readUserHistory(ctx, userRef);
  const then = history.find(({ since }) => since === null || Date.parse(since) <= at.getTime());
  return then ?? { since: null, change: null, licenses: [] };
}

async function readInside(ctx: Context, userRef: string): Promise<PastLicensing[]> {
  const { db, tenantId } = ctx;
  const user = await findUser(db, tenantId, userRef, { deleted: true });
  if (!user) throw notFound(userRef);
  const { world } = await loadTenantWorld(db, tenantId);
  const timelines = await loadTimelines(ctx, world, [user.userNo]);
  const moments = timelines.moments.get(user.userNo) ?? [];
  const groupIds = moments.flatMap(({ entries }) => entries.flatMap(({ source }) => (source === direct ? [] : source)));
  const names = await loadGroupNames(db, tenantId, [...new Set(groupIds)]);
  return moments.map((moment) => pastLicensing(moment, timelines, names, world)).toReversed();
}

function pastLicensing(
  { since, entries }: Moment,
  { changes }: Timelines,
  names: ReadonlyMap<string, string>,
  world: World,
): PastLicensing {
  const change = since === undefined ? undefined : changes.get(since);
  return {
    since: change?.at.toISOString() ?? null,
    change: change ? { id: change.changeNo, activity: change.activity, correlationId: change.correlationId } : null,
    licenses: entries.map((entry) => pastLicense(entry, names, world)),
  };
}

const pastLicense = (
  { source, productId, state, error, disabledPlans, plans }: RecordedEntry,
  names: ReadonlyMap<string, string>,
  { catalogue }: World,
): PastLicense => ({
  skuId: productId,
  skuPartNumber: catalogue.products.get(productId)?.data.skuPartNumber ?? '',
  source,
  sourceName: source === direct ? 'Direct' : (names.get(source) ?? source),
  state,
  error,
  disabledPlans,
  servicePlans: plans,
});
