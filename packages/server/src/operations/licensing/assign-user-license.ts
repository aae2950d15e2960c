import { licenseErrors, notFound } from '@allot/contract';
import type { Assignment, CohortState, PlanPart, World } from '@allot/engine';
import {
  findUser,
  forgetPendingUsers,
  type Handle,
  insertAudit,
  loadCohorts,
  loadOwnedProducts,
  loadPlaces,
  loadSeats,
  type UserForLicensing,
} from '@allot/store';
import { causedBy } from '../audit/caused-by.ts';
import { userTarget } from '../audit/license-targets.ts';
import { recordingRefusals } from '../audit/record-refusals.ts';
import type { Context } from '../context.ts';
import { type AssignLicenseBody, changedAssignments, checkAssignments } from './check-assignments.ts';
import { inTenant } from './in-tenant.ts';
import { listMovements } from './list-movements.ts';
import { giveMailAttributes } from './mail-attributes.ts';
import { applyPlanned, planChange, type Planned, unchangedSeats } from './plan-and-apply.ts';
import { refusalOf } from './refusal-of.ts';
import { type RefusedEntry, refusedEntry, refuseRemovals } from './refuse-direct-call.ts';
import { loadTenantWorld, type TenantWorld } from './tenant-world.ts';

/**
 * Direct assignment: decided in the call, all or nothing (L-03, L-08, L-09, L-10, L-16); a refusal is recorded (L-29).
 * @param userRef id or user principal name
 * @throws ApiError 404, or 400 with the text of the first thing that stands against it
 */
export async function assignUserLicense(ctx: Context, userRef: string, body: AssignLicenseBody): Promise<void> {
  await recordingRefusals(
    ctx,
    { activity: 'Change user license', category: 'UserManagement' },
    () => userTarget(ctx, userRef),
    () => inTenant(ctx, (trx) => assignInside(ctx, trx, userRef, body)),
  );
  // Now, and not by a worker in a moment: who assigns a mailbox looks at the address next.
  await giveMailAttributes(ctx, ctx.correlationId);
}

async function assignInside(ctx: Context, trx: Handle, userRef: string, body: AssignLicenseBody): Promise<void> {
  const { tenantId } = ctx;
  const user = await findUser(trx, tenantId, userRef);
  if (!user) throw notFound(userRef);
  const assignment = await planAssignment(trx, tenantId, user, body);
  if (assignment.refused) throw refusalOf(assignment.refused.reason, user.usageLocation);
  const causes = await applyAssignment(ctx, trx, assignment);
  const entry = changeEntry(ctx, user, assignment.before, assignment.after, assignment.tenantWorld.world);
  await insertAudit(trx, tenantId, [{ ...entry, details: causedBy(causes) }]);
}

/** A direct assignment that is planned and can be applied, unless it is refused. */
export interface PlannedAssignment {
  readonly user: UserForLicensing;
  readonly tenantWorld: TenantWorld;
  readonly before: readonly Assignment[];
  readonly after: readonly Assignment[];
  readonly planned: Planned;
  /** What becomes of the user; undefined: the user is in no cohort, before and after. */
  readonly result: PlanPart | undefined;
  /** What stands against it: then none of it may be applied. */
  readonly refused: RefusedEntry | undefined;
}

/** Plans a direct assignment; nothing is written. @throws ApiError 400 when the call itself cannot be */
export async function planAssignment(
  trx: Handle,
  tenantId: string,
  user: UserForLicensing,
  body: AssignLicenseBody,
): Promise<PlannedAssignment> {
  const tenantWorld = await loadTenantWorld(trx, tenantId);
  const { world } = tenantWorld;
  const seats = await loadSeats(trx, tenantId);
  const state = await stateOf(trx, tenantId, user.userNo);

  const added = checkAssignments(world.catalogue, await loadOwnedProducts(trx, tenantId), body);
  const removed = body.removeLicenses.map((skuId) => skuId.toLowerCase());
  refuseRemovals(state, world, removed);
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
    movers: { listed: listed.listed, wholes: new Map() },
    reactToSeats: tenantWorld.tenant.autoResolve,
  });
  const result = planned.plan.parts.find(({ unit }) => unit.movementNo === 0);
  const named = [...added.map(({ productId }) => productId), ...removed];
  return {
    user,
    tenantWorld,
    before,
    after,
    planned,
    result,
    refused: result && refusedEntry(result, named),
  };
}

/** Applies what was planned. @returns the correlation ids of what was pending of the user and is settled by it */
export async function applyAssignment(
  { tenantId, correlationId }: Context,
  trx: Handle,
  { planned, user }: PlannedAssignment,
): Promise<readonly string[]> {
  await applyPlanned(trx, tenantId, planned, { correlationId, activity: 'Change user license' });
  return forgetPendingUsers(trx, tenantId, [user.userNo]);
}

const listUser = (
  trx: Handle,
  { tenant, world, licensedGroupIds }: TenantWorld,
  userNo: number,
  assignments: readonly Assignment[],
) =>
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

function changeEntry(
  ctx: Context,
  user: UserForLicensing,
  before: readonly Assignment[],
  after: readonly Assignment[],
  world: World,
) {
  const named = (assignments: readonly Assignment[]) =>
    JSON.stringify(
      assignments.map(({ productId, disabledPlans }) => {
        const name = world.catalogue.products.get(productId)?.data.skuPartNumber;
        return `[SkuName=${name}, SkuId=${productId}, DisabledPlans=[${disabledPlans.join(', ')}]]`;
      }),
    );
  return {
    activity: 'Change user license' as const,
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
