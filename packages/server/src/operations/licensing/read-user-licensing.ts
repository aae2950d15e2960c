import {
  addTo,
  direct,
  effectivePlans,
  entriesOf,
  type Entry,
  minus,
  type PlanData,
  type PlanSet,
  type ProductId,
  type World,
} from '@allot/engine';
import { loadCohorts, loadPlaces, loadSuspensions } from '@allot/store';
import type { Context } from '../context.ts';
import { lastUpdated, type PlanTimes, planTimes } from '../history/entry-times.ts';
import { loadTimelines } from '../history/load-timelines.ts';
import { inSnapshot } from './in-snapshot.ts';
import { loadTenantWorld } from './tenant-world.ts';

/** What Graph says of a user's licenses. */
export interface UserLicensing {
  readonly assignedLicenses: readonly { readonly skuId: string; readonly disabledPlans: readonly string[] }[];
  readonly licenseAssignmentStates: readonly {
    readonly skuId: string;
    readonly disabledPlans: readonly string[];
    readonly assignedByGroup: string | null;
    readonly state: string;
    readonly error: string;
    readonly lastUpdatedDateTime: string | null;
  }[];
  readonly assignedPlans: readonly {
    readonly assignedDateTime: string | null;
    readonly capabilityStatus: string;
    readonly service: string;
    readonly servicePlanId: string;
  }[];
  readonly provisionedPlans: readonly {
    readonly capabilityStatus: string;
    readonly provisioningStatus: string;
    readonly service: string;
  }[];
  readonly licenseDetails: readonly {
    readonly id: string;
    readonly skuId: string;
    readonly skuPartNumber: string;
    readonly servicePlans: readonly {
      readonly servicePlanId: string;
      readonly servicePlanName: string;
      readonly provisioningStatus: string;
      readonly appliesTo: string;
    }[];
  }[];
}

/** Properties that say since when something is so, or what was lost: reading them takes reading the past. */
const pastProperties = new Set(['licenseAssignmentStates', 'assignedPlans', 'provisionedPlans']);

/**
 * Licenses of these users as settled, by user number; users who do not exist are left out.
 * @param properties those that are asked for; others may be empty, or without their times
 */
export const readUserLicensing = (
  ctx: Context,
  userNos: readonly number[],
  properties: readonly string[] = [...pastProperties],
): Promise<Map<number, UserLicensing>> =>
  inSnapshot(ctx, (snapshot) =>
    readInside(
      snapshot,
      userNos,
      properties.some((name) => pastProperties.has(name)),
    ),
  );

async function readInside(
  ctx: Context,
  userNos: readonly number[],
  withPast: boolean,
): Promise<Map<number, UserLicensing>> {
  const { world, tenant } = await loadTenantWorld(ctx.db, ctx.tenantId);
  const places = await loadPlaces(ctx.db, ctx.tenantId, userNos);
  const cohortNos = [...new Set(places.flatMap(({ cohortNo }) => cohortNo ?? []))];
  const cohorts = await loadCohorts(ctx.db, ctx.tenantId, { by: 'number', cohortNos });
  const entries = new Map(cohorts.map(({ cohortNo, state }) => [cohortNo, entriesOf(state, world)]));
  const { moments, changes } = await loadTimelines(ctx, world, withPast ? userNos : []);
  const suspensions = await loadSuspensions(ctx.db, ctx.tenantId);
  return new Map(
    places.map(({ userNo, id, cohortNo }) => {
      const own = (cohortNo === null ? undefined : entries.get(cohortNo)) ?? [];
      const past = moments.get(userNo) ?? [];
      const updated = ({ source, productId, inForce }: Entry) =>
        later(lastUpdated(past, changes, source, productId), inForce && suspensions.get(productId)?.changedAt);
      const isSuspended = (productId: ProductId) => suspensions.get(productId)?.suspended === true;
      const graceEnds = (lostAt: Date) => lostAt.getTime() + tenant.gracePeriodMs;
      const times = { updated, planTimes: planTimes(past, changes), graceEnds };
      return [userNo, licensingOf(id, own, world, isSuspended, times)];
    }),
  );
}

interface UserTimes {
  readonly updated: (entry: Entry) => Date | undefined;
  readonly planTimes: readonly PlanTimes[];
  /** Milliseconds since the epoch (L-20). */
  readonly graceEnds: (lostAt: Date) => number;
}

function licensingOf(
  userId: string,
  entries: readonly Entry[],
  world: World,
  isSuspended: (productId: ProductId) => boolean,
  { updated, planTimes: times, graceEnds }: UserTimes,
): UserLicensing {
  const { catalogue } = world;
  const inForce = inForceByProduct(entries, world);
  const plansOf = (productId: ProductId) => catalogue.products.get(productId)?.plans ?? catalogue.none;
  const effective = new Set(catalogue.idsOf(effectivePlans(entries, world)));
  const usableEntries = entries.filter(({ productId }) => !isSuspended(productId));
  const usable = new Set(catalogue.idsOf(effectivePlans(usableEntries, world)));
  const plans = times.flatMap(({ planId, assignedAt, lostAt }) => {
    const data = catalogue.planData(planId);
    if (!data) return [];
    // L-20: what is lost is kept for the grace period. What a suspended product gives is not lost (L-15).
    const deleted = !effective.has(planId) && lostAt !== undefined && Date.now() >= graceEnds(lostAt);
    const capabilityStatus = usable.has(planId) ? 'Enabled' : deleted ? 'Deleted' : 'Suspended';
    return [{ data, assignedAt, capabilityStatus }];
  });
  return {
    assignedLicenses: [...inForce].map(([skuId, plansOn]) => ({
      skuId,
      disabledPlans: catalogue.idsOf(minus(plansOf(skuId), plansOn)),
    })),
    licenseAssignmentStates: entries.map((entry) => ({
      skuId: entry.productId,
      disabledPlans: catalogue.idsOf(minus(plansOf(entry.productId), entry.wanted ?? entry.inForce ?? catalogue.none)),
      assignedByGroup: entry.source === direct ? null : entry.source,
      state: shownState(entry, isSuspended(entry.productId)),
      error: entry.reason?.error ?? 'None',
      lastUpdatedDateTime: updated(entry)?.toISOString() ?? null,
    })),
    assignedPlans: plans.map(({ data: { planId, service }, assignedAt, capabilityStatus }) => ({
      assignedDateTime: assignedAt?.toISOString() ?? null,
      capabilityStatus,
      service,
      servicePlanId: planId,
    })),
    provisionedPlans: provisioned(plans),
    licenseDetails: [...inForce].flatMap(([skuId, plansOn]) => {
      const product = catalogue.products.get(skuId)?.data;
      if (!product) return [];
      const on = new Set(catalogue.idsOf(plansOn));
      return {
        id: Buffer.from(`${userId}${skuId}`.replaceAll('-', ''), 'hex').toString('base64url'),
        skuId,
        skuPartNumber: product.skuPartNumber,
        servicePlans: product.planIds.map((planId) => ({
          servicePlanId: planId,
          servicePlanName: catalogue.planData(planId)?.name ?? '',
          provisioningStatus: !on.has(planId) ? 'Disabled' : isSuspended(skuId) ? 'Suspended' : 'Success',
          appliesTo: catalogue.planData(planId)?.appliesTo ?? 'User',
        })),
      };
    }),
  };
}

/** L-15, L-27: what is in force of a product that is suspended is `Disabled`, with the error that it had before, if any. */
export const shownState = ({ state, inForce }: Entry, suspended: boolean): Entry['state'] | 'Disabled' =>
  inForce && suspended ? 'Disabled' : state;

const later = (a: Date | undefined, b: Date | undefined): Date | undefined => (a && b ? (a > b ? a : b) : (a ?? b));

/** L-02, by product: a plan is off only when every assignment in force has it off. */
function inForceByProduct(entries: readonly Entry[], { catalogue }: World): Map<ProductId, PlanSet> {
  const byProduct = new Map<ProductId, PlanSet>();
  for (const { productId, inForce } of entries) {
    if (!inForce) continue;
    const plans = byProduct.get(productId) ?? catalogue.none.slice();
    addTo(plans, inForce);
    byProduct.set(productId, plans);
  }
  return byProduct;
}

/** Each service once for each status that its plans have. */
function provisioned(plans: readonly { readonly data: PlanData; readonly capabilityStatus: string }[]) {
  const statuses = new Map(
    plans.map(({ data: { service }, capabilityStatus }) => [
      `${service}|${capabilityStatus}`,
      { service, capabilityStatus },
    ]),
  );
  return [...statuses.values()].map(({ service, capabilityStatus }) => ({
    capabilityStatus,
    provisioningStatus: 'Success',
    service,
  }));
}
