import { randomUUID } from 'node:crypto';
import { type Database, insertTenant, replaceRules, upsertPlans, upsertProducts } from '@allot/store';
import { createTenant } from '../../packages/server/src/operations/tenants/create-tenant.ts';
import type { Scenario } from './scenario.ts';

/** A tenant with the catalogue of a scenario and nothing else; the built-in one only where it is used, which is quicker. */
export async function createScenarioTenant(
  { db }: Pick<Database, 'db'>,
  { id, catalogue }: Scenario,
): Promise<{ readonly tenantId: string }> {
  const domain = `${id}.example`;
  const tenant = { tenantId: randomUUID(), displayName: id, initialDomain: domain, defaultUsageLocation: null };
  if (catalogue.usesBuiltIn) await createTenant(db, tenant);
  else await insertTenant(db, tenant);
  await upsertPlans(db, tenant.tenantId, catalogue.own.plans);
  await upsertProducts(db, tenant.tenantId, catalogue.own.products);
  if (catalogue.rules) await replaceRules(db, tenant.tenantId, 'classic', catalogue.rules);
  return { tenantId: tenant.tenantId };
}
