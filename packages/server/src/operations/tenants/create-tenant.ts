import { randomUUID } from 'node:crypto';
import { acrossTenants, type Handle, insertTenant, replaceRules, upsertPlans, upsertProducts } from '@allot/store';
import { builtInCatalogue } from '../../catalogue/built-in.ts';

export interface NewTenant {
  /** Given here when left out. */
  readonly tenantId?: string;
  readonly displayName: string;
  readonly initialDomain: string;
  /** ISO 3166 alpha-2, upper case. */
  readonly defaultUsageLocation: string | null;
}

/** Makes a tenant with the built-in catalogue and both of its rule sets (L-21): all of it, or nothing. */
export async function createTenant(db: Handle, tenant: NewTenant): Promise<{ readonly tenantId: string }> {
  const tenantId = tenant.tenantId ?? randomUUID();
  const { plans, products, ruleSets } = builtInCatalogue();
  await acrossTenants(db)
    .transaction()
    .execute(async (trx) => {
      await insertTenant(trx, { ...tenant, tenantId });
      await upsertPlans(
        trx,
        tenantId,
        plans.map((plan) => ({ ...plan, deny: null, allow: null })),
      );
      await upsertProducts(
        trx,
        tenantId,
        products.map(({ servicePlans, ...product }) => ({ ...product, planIds: servicePlans })),
      );
      for (const [name, rules] of Object.entries(ruleSets)) await replaceRules(trx, tenantId, name, rules);
    });
  return { tenantId };
}
