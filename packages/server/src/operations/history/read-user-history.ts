import { type Cause, notFound, type PastChange, type PastLicense, type PastLicensing } from '@allot/contract';
import { direct, type Moment, type RecordedEntry, type World } from '@allot/engine';
import { type AppliedChangeRow, type CauseRow, findUserOrDeleted, loadCauses, loadGroupNames } from '@allot/store';
import type { Context } from '../context.ts';
import { inSnapshot } from '../licensing/in-snapshot.ts';
import { groupLicensingActor } from '../licensing/settle-pending.ts';
import { loadTenantWorld } from '../licensing/tenant-world.ts';
import { loadTimelines, type Timelines } from './load-timelines.ts';

export interface HistoryRequest {
  /** Id or user principal name; of a deleted user the id. */
  readonly userRef: string;
  /** Whether the caller may read the audit log. */
  readonly withCauses: boolean;
}

/** What a user had since when, and who caused it, newest first (L-31). @throws ApiError 404 */
export const readUserHistory = (ctx: Context, request: HistoryRequest): Promise<PastLicensing[]> =>
  inSnapshot(ctx, (snapshot) => readInside(snapshot, request, (moments) => moments));

/** What a user had at an instant; nothing is known of the time before its first change. @throws ApiError 404 */
export async function readUserLicensingAt(ctx: Context, request: HistoryRequest, at: Date): Promise<PastLicensing> {
  const [then] = await inSnapshot(ctx, (snapshot) =>
    readInside(snapshot, request, (moments, { changes }) => {
      const begun = (since: number | undefined) => (since === undefined ? undefined : changes.get(since)?.at);
      const last = moments.findLast(({ since }) => (begun(since)?.getTime() ?? -Infinity) <= at.getTime());
      return last ? [last] : [];
    }),
  );
  return then ?? { since: null, change: null, licenses: [] };
}

async function readInside(
  ctx: Context,
  { userRef, withCauses }: HistoryRequest,
  choose: (moments: readonly Moment[], timelines: Timelines) => readonly Moment[],
): Promise<PastLicensing[]> {
  const { db, tenantId } = ctx;
  const user = await findUserOrDeleted(db, tenantId, userRef);
  if (!user) throw notFound(userRef);
  const { world } = await loadTenantWorld(db, tenantId);
  const timelines = await loadTimelines(ctx, world, [user.userNo]);
  const all = timelines.moments.get(user.userNo) ?? [];
  const groupIds = [
    ...new Set(all.flatMap(({ entries }) => entries.flatMap(({ source }) => (source === direct ? [] : source)))),
  ];
  const moments = choose(all, timelines);
  const changeNos = moments.flatMap(({ since }) => since ?? []);
  const concerned = { userId: user.id, groupIds, exceptAppId: groupLicensingActor.id };
  const causes = withCauses ? await loadCauses(db, tenantId, changeNos, concerned) : undefined;
  const told: Told = {
    changes: timelines.changes,
    causesOf: (changeNo) => (causes ? (causes.get(changeNo) ?? []) : undefined),
    names: await loadGroupNames(db, tenantId, groupIds),
    world,
  };
  return moments.map((moment) => pastLicensing(moment, told)).toReversed();
}

/** What moments are told with. */
interface Told {
  readonly changes: ReadonlyMap<number, AppliedChangeRow>;
  /** Answers undefined when the caller may not know. */
  readonly causesOf: (changeNo: number) => readonly CauseRow[] | undefined;
  readonly names: ReadonlyMap<string, string>;
  readonly world: World;
}

function pastLicensing({ since, entries }: Moment, { changes, causesOf, names, world }: Told): PastLicensing {
  const change = since === undefined ? undefined : changes.get(since);
  return {
    since: change?.at.toISOString() ?? null,
    change: change ? pastChange(change, causesOf(change.changeNo)) : null,
    licenses: entries.map((entry) => pastLicense(entry, names, world)),
  };
}

const pastChange = (
  { changeNo, activity, correlationId }: AppliedChangeRow,
  causes: readonly CauseRow[] | undefined,
): PastChange => ({
  id: changeNo,
  activity,
  correlationId,
  causes: causes?.map(toCause) ?? null,
});

const toCause = (row: CauseRow): Cause => ({
  activity: row.activity,
  activityDateTime: row.activityDateTime,
  correlationId: row.correlationId,
  initiatedBy: initiatorOf(row),
  targets: row.targets,
});

function initiatorOf({ initiatedBy: { user, app } }: CauseRow): Cause['initiatedBy'] {
  const { displayName = '', id = '', appId = id } = user ?? app ?? {};
  return { kind: user ? 'user' : 'app', id: user ? id : appId, displayName };
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
