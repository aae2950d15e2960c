import {
  addTo,
  direct,
  effectivePlans,
  entriesOf,
  type Entry,
  has,
  minus,
  type PlanSet,
  type ProductId,
  type World,
} from '@allot/engine';
import {
  loadBundleChanges,
  loadCohorts,
  loadLastChange,
  loadPlaces,
  loadSuspensions,
  type Suspension,
} from '@allot/store';
import type { Context } from '../context.ts';
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

/** Licenses of these users as settled, by user number; users who do not exist are left out. */
export const readUserLicensing = (ctx: Context, userNos: readonly number[]): Promise<Map<number, UserLicensing>> =>
  inSnapshot(ctx, (snapshot) => readInside(snapshot, userNos));

async function readInside(ctx: Context, userNos: readonly number[]): Promise<Map<number, UserLicensing>> {
  const { world } = await loadTenantWorld(ctx.db, ctx.tenantId);
  const places = await loadPlaces(ctx.db, ctx.tenantId, userNos);
  const cohortNos = [...new Set(places.flatMap(({ cohortNo }) => cohortNo ?? []))];
  const cohorts = await loadCohorts(ctx.db, ctx.tenantId, { by: 'number', cohortNos });
  const entries = new Map(cohorts.map(({ cohortNo, state }) => [cohortNo, entriesOf(state, world)]));
  const groupIds = [...new Set(cohorts.flatMap(({ state }) => state.facts.groups))];
  const [changed, bundlesChanged] = [
    await loadLastChange(ctx.db, ctx.tenantId, userNos),
    await loadBundleChanges(ctx.db, ctx.tenantId, groupIds),
  ];
  const suspensions = await loadSuspensions(ctx.db, ctx.tenantId);
  return new Map(
    places.map(({ userNo, id, cohortNo }) => {
      const own = (cohortNo === null ? undefined : entries.get(cohortNo)) ?? [];
      const updated = (entry: Entry) => latest(changed.get(userNo), bundlesChanged.get(entry.source));
      return [userNo, licensingOf(id, own, world, suspensions, updated)];
    }),
  );
}

const latest = (a: Date | undefined, b: Date | undefined): string | null => {
  const last = a && b ? (a > b ? a : b) : (a ?? b);
  return last ? last.toISOString() : null;
};

function licensingOf(
  userId: string,
  entries: readonly Entry[],
  world: World,
  suspensions: ReadonlyMap<ProductId, Suspension>,
  updated: (entry: Entry) => string | null,
): UserLicensing {
  const { catalogue } = world;
  const isSuspended = (productId: ProductId) => suspensions.get(productId)?.suspended === true;
  const inForce = inForceByProduct(entries, world);
  const plansOf = (productId: ProductId) => catalogue.products.get(productId)?.plans ?? catalogue.none;
  const effective = catalogue.idsOf(effectivePlans(entries, world));
  const plans = effective.flatMap((planId) => catalogue.planData(planId) ?? []);
  const usable = effectivePlans(
    entries.filter(({ productId }) => !isSuspended(productId)),
    world,
  );
  const usablePlans = new Set(catalogue.idsOf(usable));
  const capability = (usableNow: boolean) => (usableNow ? 'Enabled' : 'Suspended');
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
      lastUpdatedDateTime: later(updated(entry), entry.inForce && suspensions.get(entry.productId)?.changedAt),
    })),
    assignedPlans: plans.map(({ planId, service }) => ({
      assignedDateTime: planGivenAt(catalogue.bit(planId), entries, updated),
      capabilityStatus: capability(usablePlans.has(planId)),
      service,
      servicePlanId: planId,
    })),
    provisionedPlans: [...Map.groupBy(plans, ({ service }) => service)].map(([service, ofService]) => ({
      capabilityStatus: capability(ofService.some(({ planId }) => usablePlans.has(planId))),
      provisioningStatus: 'Success',
      service,
    })),
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

const later = (a: string | null, b: Date | undefined): string | null => {
  const other = b?.toISOString() ?? null;
  return a !== null && (other === null || a > other) ? a : other;
};

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

/** When the first assignment in force that gives the plan was last changed. */
function planGivenAt(
  bit: number | undefined,
  entries: readonly Entry[],
  updated: (entry: Entry) => string | null,
): string | null {
  const giving = entries.filter(({ inForce }) => bit !== undefined && inForce && has(inForce, bit));
  return giving.map(updated).reduce((a, b) => (a !== null && b !== null ? (a < b ? a : b) : (a ?? b)), null);
}
