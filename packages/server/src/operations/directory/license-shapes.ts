import { holdingsOf } from '@allot/engine';
import { type LicenseCollection, type LicenseElement, loadCohorts, loadSuspensions } from '@allot/store';
import type { Context } from '../context.ts';
import { plansInForce } from '../licensing/plans-in-force.ts';
import { loadTenantWorld } from '../licensing/tenant-world.ts';

/** What all members of some cohorts have, as Graph shows it: thousands of cohorts have a hundred or so of them. */
export interface LicenseShape {
  readonly cohortNos: readonly number[];
  readonly elements: Readonly<Record<LicenseCollection, readonly LicenseElement[]>>;
}

interface Remembered {
  /** Of the tenant when its cohorts were read. */
  readonly standing: string;
  readonly shapes: readonly LicenseShape[];
}

/** Tenants whose shapes a process keeps. */
const TENANTS_MAX = 16;
/** A tenant with more is read every time: a shape of a large product takes some 10 kB. */
const SHAPES_MAX = 1_000;

const remembered = new Map<string, Remembered>();

/**
 * What users of the tenant can have, computed at most once for each applied plan: reading and computing 5,000 cohorts takes 200 ms. Every change of a cohort
 * makes a revision in its transaction, so who sees the revision sees the cohorts.
 */
export async function loadLicenseShapes({
  db,
  tenantId,
}: Pick<Context, 'db' | 'tenantId'>): Promise<readonly LicenseShape[]> {
  const { tenant, world } = await loadTenantWorld(db, tenantId);
  const suspensions = await loadSuspensions(db, tenantId);
  const suspended = [...suspensions.values()].flatMap((one) => (one.suspended ? [one.productId] : [])).toSorted();
  const { revision, worldRevision, catalogueRevision, ruleSet, keepUntilReplaced } = tenant;
  const standing = [revision, worldRevision, catalogueRevision, ruleSet, keepUntilReplaced, ...suspended].join();
  const known = remembered.get(tenantId);
  if (known?.standing === standing) return known.shapes;

  const shapes = new Map<string, { cohortNos: number[]; elements: LicenseShape['elements'] }>();
  for (const { cohortNo, state } of await loadCohorts(db, tenantId, { by: 'all' })) {
    const holdings = holdingsOf(state, world);
    const elements = elementsOf(
      holdings,
      plansInForce(holdings, world, (productId) => suspended.includes(productId)),
    );
    const key = JSON.stringify(elements);
    const shape = shapes.get(key);
    if (shape === undefined) shapes.set(key, { cohortNos: [cohortNo], elements });
    else shape.cohortNos.push(cohortNo);
  }
  const made = [...shapes.values()];
  remember(tenantId, { standing, shapes: made });
  return made;
}

function remember(tenantId: string, made: Remembered): void {
  remembered.delete(tenantId);
  if (made.shapes.length > SHAPES_MAX) return;
  remembered.set(tenantId, made);
  const [oldest] = remembered.keys();
  if (remembered.size > TENANTS_MAX && oldest !== undefined) remembered.delete(oldest);
}

function elementsOf(
  holdings: ReturnType<typeof holdingsOf>,
  plans: ReturnType<typeof plansInForce>,
): LicenseShape['elements'] {
  const products = holdings.filter(({ inForce }) => inForce).map(({ product }) => product.productId);
  return {
    assignedLicenses: [...new Set(products)].toSorted().map((skuId) => ({ skuId })),
    assignedPlans: plans.map(({ planId, service, capabilityStatus }) => ({
      servicePlanId: planId,
      service,
      capabilityStatus,
    })),
    provisionedPlans: plans.map(({ service, capabilityStatus }) => ({
      service,
      capabilityStatus,
      provisioningStatus: 'Success',
    })),
  };
}
