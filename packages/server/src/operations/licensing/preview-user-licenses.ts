import { ApiError, notFound, type UserLicensePreview, type UserToExpect } from '@allot/contract';
import { type CohortState, direct, entriesOf, holdingsOf, seatsOf, type World } from '@allot/engine';
import {
  findUser,
  forEachUserNo,
  type Handle,
  loadCohorts,
  loadNamedUsers,
  loadOwnedProducts,
  loadPlaces,
  loadSeats,
  type UserForLicensing,
} from '@allot/store';
import { describeEffect } from '../catalogue/describe-effect.ts';
import type { Context } from '../context.ts';
import { takenBackIf } from '../taken-back.ts';
import { applyAssignment, planAssignment, type PlannedAssignment } from './assign-user-license.ts';
import { type AssignLicenseBody, checkAssignments } from './check-assignments.ts';
import { countErrors, describeSeats } from './describe-plan.ts';
import { type DescribedPart, describePlannedErrors, whoIs } from './describe-planned-errors.ts';
import { explainEntries } from './explain-entries.ts';
import { inTenant } from './in-tenant.ts';
import { loadTenantWorld } from './tenant-world.ts';

/** Users of one preview: each is planned and applied in turn while the tenant's other changes wait, 65 ms each on two very busy cores. */
export const PREVIEWED_USERS_MAX = 100;

/** Others whom a preview names. */
const OTHERS_NAMED_MAX = 20;

/**
 * What the same direct assignment does for each of some users, one call after the other in this order. It is done, by what does it when it is
 * asked for, in one transaction that is taken back: invariant "preview is apply". Mail attributes that follow later (L-30) are not part of it.
 * @throws ApiError 404 when one of them does not exist, 400 when the call cannot be made for anybody
 */
export const previewUserLicenses = (
  ctx: Context,
  userIds: readonly string[],
  body: AssignLicenseBody,
): Promise<UserLicensePreview> =>
  takenBackIf(true, (finish) =>
    inTenant(ctx, async (trx) => finish(await previewInside({ ...ctx, db: trx }, trx, userIds, body))),
  );

async function previewInside(
  ctx: Context,
  trx: Handle,
  userIds: readonly string[],
  body: AssignLicenseBody,
): Promise<UserLicensePreview> {
  const { tenantId } = ctx;
  const { world } = await loadTenantWorld(trx, tenantId);
  checkAssignments(world.catalogue, await loadOwnedProducts(trx, tenantId), body);
  const [seatsBefore, errorsBefore] = [await loadSeats(trx, tenantId), await countErrors(trx, tenantId)];

  const users: UserToExpect[] = [];
  const reached = new Reached();
  const asked = new Set<number>();
  for (const userId of userIds) {
    const user = await findUser(trx, tenantId, userId);
    if (!user) throw notFound(userId);
    asked.add(user.userNo);
    users.push(await assignAsIfCalled(ctx, trx, user, body, reached));
  }

  const parts = await partsOf(trx, tenantId, world, reached.before);
  const worlds = { before: world, after: world };
  const errorsAfter = await countErrors(trx, tenantId);
  const named = [...body.addLicenses.map(({ skuId }) => skuId), ...body.removeLicenses];
  return {
    users,
    others: await describeOthers(
      trx,
      tenantId,
      world,
      parts.filter(({ userNo }) => !asked.has(userNo)),
    ),
    effect: await describeEffect(trx, tenantId, [], { ...worlds, plan: { parts, errorsBefore, errorsAfter } }),
    seats: describeSeats(seatsBefore, await loadSeats(trx, tenantId), world, named),
    ...(await describePlannedErrors(
      trx,
      tenantId,
      worlds,
      { parts, names: undefined, isApplied: true },
      new Set<string>(),
    )),
  };
}

/** Everybody whom the calls may change, with what they had before the first of them. */
class Reached {
  readonly before = new Map<number, CohortState | undefined>();

  add(userNo: number, state: CohortState | undefined): void {
    if (!this.before.has(userNo)) this.before.set(userNo, state);
  }
}

async function assignAsIfCalled(
  ctx: Context,
  trx: Handle,
  user: UserForLicensing,
  body: AssignLicenseBody,
  reached: Reached,
): Promise<UserToExpect> {
  const { id, displayName, userPrincipalName } = user;
  const told = { id, displayName, userPrincipalName };
  const none = { error: 'None', skuId: null, reason: null, sentence: '', refusal: null, reasons: [], fixes: [] };
  let assignment: PlannedAssignment;
  try {
    assignment = await planAssignment(trx, ctx.tenantId, user, body);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const sentence = [error.message, error.advice].filter((part) => part !== undefined).join(' ');
    const fixes = user.usageLocation === null ? [{ kind: 'setUsageLocation' as const, plans: [] }] : [];
    return { ...told, ...none, granted: false, error: 'Refused', sentence, refusal: error.refusal ?? null, fixes };
  }
  if (assignment.refused) return { ...told, granted: false, ...(await explainRefusal(ctx, assignment)) };
  await addReached(assignment, reached);
  await applyAssignment(ctx, trx, assignment);
  return { ...told, ...none, granted: true };
}

/** Before it is applied: afterwards users are elsewhere. */
async function addReached({ planned, user, result, tenantWorld }: PlannedAssignment, reached: Reached): Promise<void> {
  reached.add(user.userNo, result?.unit.cohort?.state);
  const { plan, names } = planned;
  const changed = plan.parts.filter((part) => part !== result && changesPlans(part, tenantWorld.world));
  await names.name(changed.filter(({ userNos }) => userNos === undefined).map(whoIs));
  for (const part of changed) {
    const add = (userNo: number) => reached.add(userNo, part.unit.cohort?.state);
    if (part.userNos) part.userNos.forEach(add);
    else forEachUserNo(names.users(whoIs(part)), add);
  }
}

/** Whether anything comes into force or goes. */
function changesPlans({ unit, entries, state }: DescribedPart, world: World): boolean {
  const was = unit.cohort?.state;
  if (was === state) return false;
  const inForce = (holdings: readonly { source: string; productId: string; inForce: Uint32Array | undefined }[]) =>
    holdings
      .flatMap((h) => (h.inForce ? `${h.source}|${h.productId}|${h.inForce.join()}` : []))
      .toSorted()
      .join(';');
  const held = was ? holdingsOf(was, world).map((h) => ({ ...h, productId: h.product.productId })) : [];
  return inForce(held) !== inForce(entries);
}

async function explainRefusal(ctx: Context, { user, result, refused, tenantWorld, before }: PlannedAssignment) {
  const { userNo, usageLocation } = user;
  const state = result?.state;
  if (!refused || !state) throw new Error('an assignment was refused to somebody who would have nothing');
  const asked = [{ userNo, usageLocation, state, entries: result.entries }];
  const entries = (await explainEntries(ctx, tenantWorld, asked)).get(userNo) ?? [];
  const entry = entries.find(({ source, skuId }) => source === direct && skuId === refused.productId);
  const has = new Set(before.map(({ productId }) => productId));
  return {
    error: refused.reason.error,
    skuId: refused.productId,
    reason: { ...refused.reason },
    sentence: entry?.sentence ?? '',
    refusal: null,
    reasons: entry?.reasons ?? [],
    // What is not assigned yet cannot be taken away.
    fixes: (entry?.fixes ?? []).filter((fix) => fix.kind !== 'removeDirectLicense' || has.has(fix.skuId)),
  };
}

/** What became of everybody who was reached, each by itself. */
async function partsOf(
  trx: Handle,
  tenantId: string,
  world: World,
  before: ReadonlyMap<number, CohortState | undefined>,
): Promise<readonly (DescribedPart & { readonly userNo: number })[]> {
  const places = await loadPlaces(trx, tenantId, [...before.keys()]);
  const cohortNos = [...new Set(places.flatMap(({ cohortNo }) => cohortNo ?? []))];
  const cohorts = new Map(
    (await loadCohorts(trx, tenantId, { by: 'number', cohortNos })).map(({ cohortNo, state }) => [
      cohortNo,
      { state, entries: entriesOf(state, world) },
    ]),
  );
  return places.map(({ userNo, cohortNo }) => {
    const was = before.get(userNo);
    const is = cohortNo === null ? undefined : cohorts.get(cohortNo);
    return {
      userNo,
      unit: { movementNo: undefined, cohort: was && { cohortNo: 0, state: was } },
      state: is?.state,
      entries: is?.entries ?? [],
      count: 1,
      userNos: Float64Array.of(userNo),
    };
  });
}

async function describeOthers(
  trx: Handle,
  tenantId: string,
  world: World,
  parts: readonly (DescribedPart & { readonly userNo: number })[],
): Promise<UserLicensePreview['others']> {
  // One call may take what another one gives.
  const changed = new Map(parts.filter((part) => changesPlans(part, world)).map((part) => [part.userNo, part]));
  const named = await loadNamedUsers(trx, tenantId, [...changed.keys()].slice(0, OTHERS_NAMED_MAX));
  return {
    count: changed.size,
    users: named.map(({ userNo, id, displayName, userPrincipalName }) => {
      const { unit, entries = [] } = changed.get(userNo) ?? {};
      const had = unit?.cohort ? seatsOf(holdingsOf(unit.cohort.state, world)) : [];
      const has = seatsOf(entries.map((entry) => ({ product: entry, inForce: entry.inForce })));
      const gained = has.filter((productId) => !had.includes(productId));
      const lost = had.filter((productId) => !has.includes(productId));
      return { id, displayName, userPrincipalName, gained, lost };
    }),
  };
}
