import { ApiError, licenseErrors, notFound } from '@allot/contract';
import { type Assignment, type CohortState, direct, entriesOf, type Entry, holdingsOf, type World } from '@allot/engine';
import { findUser, forgetPendingUsers, type Handle, insertAudit, loadCohorts, loadPlaces, loadSeats, type UserForLicensing } from '@allot/store';
import type { Context } from '../context.ts';
import { type AssignLicenseBody, changedAssignments, checkAssignments } from './check-assignments.ts';
import { inTenant } from './in-tenant.ts';
import { listMovements } from './list-movements.ts';
import { applyPlanned, planChange, unchangedSeats } from './plan-and-apply.ts';
import { refusalOf } from './refusal-of.ts';
import { loadTenantWorld, type TenantWorld } from './tenant-world.ts';

/**
 * Direct assignment: decided in the call, all or nothing (L-03, L-08, L-09, L-10, L-16).
 * @param userRef id or user principal name
 * @throws ApiError 404, or 400 with the text of the first thing that stands against it
 */
export async function assignUserLicense(ctx: Context, userRef: string, body: AssignLicenseBody): Promise<void> {
  try {
    await inTenant(ctx, (trx) => assignInside(ctx, trx, userRef, body));
  } catch (error) {
    if (error instanceof ApiError && error.status === 400) await recordRefusal(ctx, userRef, error);
    throw error;
  }
}

async function assignInside(ctx: Context, trx: Handle, userRef: string, body: AssignLicenseBody): Promise<void> {
  const { tenantId } = ctx;
  const user = await findUser(trx, tenantId, userRef);
  if (!user) throw notFound(userRef);
  const tenantWorld = await loadTenantWorld(trx, tenantId);
  const { world } = tenantWorld;
  const seats = await loadSeats(trx, tenantId);
  const state = await stateOf(trx, tenantId, user.userNo);

  const added = checkAssignments(world.catalogue, new Set(seats.keys()), body);
  const removed = body.removeLicenses.map((skuId) => skuId.toLowerCase());
  checkRemovals(state, world, removed);
  if (added.length && user.usageLocation === null) throw licenseErrors.usageLocation();

  const before = state?.facts.direct ?? [];
  const after = changedAssignments(before, added, removed);
  const listed = await listUser(trx, tenantWorld, user.userNo, after);
  const planned = await planChange(trx, tenantId, {
    before: world,
    after: world,
    seats: unchangedSeats(seats),
    concerned: [],
    movements: listed.movements,
    movers: { listed: listed.listed, compared: { groupIds: [], exceptUserNos: [] }, byGroups: [], wholes: new Map() },
    reactToSeats: tenantWorld.tenant.autoResolve,
  });
  const result = planned.plan.parts.find(({ unit }) => unit.movementNo === 0)?.state;
  if (result) refuseUnlessGranted(result, world, added, user);

  await applyPlanned(trx, tenantId, planned, { correlationId: ctx.correlationId, activity: 'Change user license' });
  await forgetPendingUsers(trx, tenantId, [user.userNo]);
  await insertAudit(trx, tenantId, [changeEntry(ctx, user, before, after, world)]);
}

const listUser = (trx: Handle, { tenant, world, licensedGroupIds }: TenantWorld, userNo: number, assignments: readonly Assignment[]) =>
  listMovements(
    trx,
    tenant.tenantId,
    [userNo],
    { places: world.catalogue.places, defaultUsageLocation: tenant.defaultUsageLocation, licensedGroupIds },
    { always: true, movementNoFirst: 0, direct: assignments },
  );

/** What a user has, as settled; undefined: in no cohort. */
export async function stateOf(db: Handle, tenantId: string, userNo: number): Promise<CohortState | undefined> {
  const [place] = await loadPlaces(db, tenantId, [userNo]);
  if (place?.cohortNo === null || place === undefined) return undefined;
  const [cohort] = await loadCohorts(db, tenantId, { by: 'number', cohortNos: [place.cohortNo] });
  return cohort?.state;
}

/** L-03: what is not direct cannot be removed directly. */
function checkRemovals(state: CohortState | undefined, world: World, removed: readonly string[]): void {
  for (const productId of removed) {
    if (state?.facts.direct.some((assignment) => assignment.productId === productId)) continue;
    const inherited = state && holdingsOf(state, world).some((h) => h.product.productId === productId && h.inForce);
    throw inherited ? licenseErrors.inherited() : licenseErrors.notHeld();
  }
}

/** Nothing that the call asks for may be missing, and nothing that it takes away may have to stay (L-08). */
function refuseUnlessGranted(state: CohortState, world: World, added: readonly Assignment[], user: UserForLicensing): void {
  const faults = entriesOf(state, world).filter((entry) => entry.source === direct && isRefused(entry, state));
  if (!faults.length) return;
  const inCallOrder = (entry: Entry) => {
    const at = added.findIndex(({ productId }) => productId === entry.productId);
    return at < 0 ? added.length : at;
  };
  const own = faults.filter(({ reason }) => reason?.error !== 'Other');
  const [first] = (own.length ? own : faults).toSorted((a, b) => inCallOrder(a) - inCallOrder(b));
  if (first?.reason) throw refusalOf(first.reason, user.usageLocation);
}

const isRefused = ({ productId }: Entry, { exceptions }: CohortState): boolean =>
  exceptions.some((e) => e.source === direct && e.productId === productId && e.kind !== 'flawed');

function changeEntry(ctx: Context, user: UserForLicensing, before: readonly Assignment[], after: readonly Assignment[], world: World) {
  const named = (assignments: readonly Assignment[]) =>
    JSON.stringify(
      assignments.map(({ productId, disabledPlans }) => {
        const name = world.catalogue.products.get(productId)?.data.skuPartNumber;
        return `[SkuName=${name}, SkuId=${productId}, DisabledPlans=[${disabledPlans.join(', ')}]]`;
      }),
    );
  return {
    activity: 'Change user license',
    category: 'UserManagement' as const,
    correlationId: ctx.correlationId,
    actor: ctx.actor,
    targets: [
      {
        id: user.id,
        displayName: user.displayName,
        type: 'User' as const,
        modifiedProperties: [{ displayName: 'AssignedLicense', oldValue: named(before), newValue: named(after) }],
      },
    ],
  };
}

async function recordRefusal(ctx: Context, userRef: string, error: ApiError): Promise<void> {
  const user = await findUser(ctx.db, ctx.tenantId, userRef);
  await insertAudit(ctx.db, ctx.tenantId, [
    {
      activity: 'Change user license',
      category: 'UserManagement',
      result: 'failure',
      resultReason: error.message,
      correlationId: ctx.correlationId,
      actor: ctx.actor,
      targets: user ? [{ id: user.id, displayName: user.displayName, type: 'User' }] : [],
    },
  ]);
}
