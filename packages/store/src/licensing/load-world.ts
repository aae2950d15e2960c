import type {
  Assignment,
  BundleData,
  CatalogueData,
  ExclusionData,
  PlanData,
  ProductData,
  RequirementData,
} from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

export interface TenantSettings {
  readonly tenantId: string;
  readonly displayName: string;
  readonly initialDomain: string;
  readonly defaultUsageLocation: string | null;
  readonly autoResolve: boolean;
  readonly gracePeriod: string;
  /** The same, a month being 30 days. */
  readonly gracePeriodMs: number;
  readonly keepUntilReplaced: boolean;
  readonly onGroupDelete: 'convert' | 'error';
  readonly ruleSet: string;
  readonly warningPeriod: string;
  readonly suspendedPeriod: string;
  readonly auditRetention: string | null;
  readonly revision: number;
  readonly worldRevision: number;
  readonly catalogueRevision: number;
}

/** Settings of the tenant with its revisions; undefined: no such tenant. */
export async function loadTenant(db: Handle, tenantId: string): Promise<TenantSettings | undefined> {
  const { rows } = await sql<TenantSettings>`
    select tenant_id as "tenantId", display_name as "displayName", initial_domain as "initialDomain",
           default_usage_location as "defaultUsageLocation", auto_resolve as "autoResolve", grace_period as "gracePeriod",
           keep_until_replaced as "keepUntilReplaced", on_group_delete as "onGroupDelete", rule_set as "ruleSet",
           (extract(epoch from grace_period::interval) * 1000)::bigint as "gracePeriodMs", warning_period as "warningPeriod",
           suspended_period as "suspendedPeriod", audit_retention as "auditRetention", revision,
           world_revision as "worldRevision", catalogue_revision as "catalogueRevision"
    from allot.tenant where tenant_id = ${tenantId}
  `.execute(db);
  return rows[0];
}

/** The tenant's catalogue with one of its rule sets. */
export async function loadCatalogue(db: Handle, tenantId: string, ruleSet: string): Promise<CatalogueData> {
  const [plans, products, exclusions, requirements] = [
    await sql<PlanData>`
      select plan_id as "planId", name, display_name as "displayName", service, applies_to as "appliesTo", mailbox, deny, allow
      from allot.plan where tenant_id = ${tenantId} order by plan_id
    `.execute(db),
    await sql<ProductData>`
      select product_id as "productId", sku_part_number as "skuPartNumber", display_name as "displayName",
             applies_to as "appliesTo",
             array(select plan_id from allot.product_plan pp
                   where pp.tenant_id = p.tenant_id and pp.product_id = p.product_id order by plan_id) as "planIds"
      from allot.product p where tenant_id = ${tenantId} order by product_id
    `.execute(db),
    await sql<ExclusionData>`
      select name, plans from allot.exclusion_set where tenant_id = ${tenantId} and rule_set = ${ruleSet} order by name
    `.execute(db),
    await sql<RequirementData>`
      select plan_id as plan, any_of as "anyOf" from allot.requirement
      where tenant_id = ${tenantId} and rule_set = ${ruleSet} order by plan_id, ordinal
    `.execute(db),
  ];
  return { plans: plans.rows, products: products.rows, exclusions: exclusions.rows, requirements: requirements.rows };
}

interface BundleRow extends Omit<BundleData, 'firstLicensedAt' | 'assignments'> {
  readonly firstLicensedAt: Date | null;
  readonly assignments: readonly Assignment[];
}

/**
 * Every group that is or was licensed, with a bundle.
 * @param which `settled`: what the cohorts are settled for; `accepted`: what administrators asked for.
 */
export async function loadBundles(
  db: Handle,
  tenantId: string,
  which: 'settled' | 'accepted',
  groupIds?: readonly string[],
): Promise<BundleData[]> {
  const table = sql.table(which === 'settled' ? 'allot.settled_license' : 'allot.group_license');
  const { rows } = await sql<BundleRow>`
    select g.group_id as "groupId", g.priority, g.atomicity, g.prerequisites, g.first_licensed_at as "firstLicensedAt",
           coalesce((
             select jsonb_agg(jsonb_build_object('productId', l.product_id, 'disabledPlans', l.disabled_plans) order by l.product_id)
             from ${table} l where l.tenant_id = g.tenant_id and l.group_id = g.group_id
           ), '[]') as assignments
    from allot.group_licensing g
    where g.tenant_id = ${tenantId} and ${groupIds ? sql<boolean>`g.group_id = any(${groupIds}::uuid[])` : sql<boolean>`true`}
    order by g.group_id
  `.execute(db);
  return rows.map((row) => ({ ...row, firstLicensedAt: row.firstLicensedAt?.getTime() ?? Infinity }));
}

/**
 * Usable seats (L-12) and consumed units of every product that has a subscription or is consumed: users keep what they have when
 * the last subscription goes (L-13), and their seats must be counted when they give them back.
 */
export async function loadSeats(
  db: Handle,
  tenantId: string,
): Promise<Map<string, { usable: number; consumed: number }>> {
  const { rows } = await sql<{ productId: string; usable: number; consumed: number }>`
    select p.product_id as "productId", p.consumed,
           coalesce(sum(s.units) filter (where s.status in ('Enabled', 'Warning')), 0)::int as usable
    from allot.product p left join allot.subscription s using (tenant_id, product_id)
    where p.tenant_id = ${tenantId} and (s.id is not null or p.consumed > 0)
    group by p.product_id, p.consumed
  `.execute(db);
  return new Map(rows.map(({ productId, usable, consumed }) => [productId, { usable, consumed }]));
}

/** Products that the tenant owns: those with a subscription, in whatever state. */
export async function loadOwnedProducts(db: Handle, tenantId: string): Promise<Set<string>> {
  const { rows } = await sql<{ productId: string }>`
    select distinct product_id as "productId" from allot.subscription where tenant_id = ${tenantId}
  `.execute(db);
  return new Set(rows.map(({ productId }) => productId));
}
