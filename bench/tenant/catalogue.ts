import { type BuiltInProduct, builtInCatalogue } from '../../packages/server/src/catalogue/built-in.ts';
import type { Pool } from '../server.ts';

/** The product that W1, W2 and W5 add: nobody has it before. */
export const addedProduct = 'POWERAPPS_PER_USER';

/** Not offered in one country, so that some users are in error from the start. */
const prohibitedProduct = 'Microsoft_Teams_Premium';
const prohibitedCountry = 'CN';

/** The twelve products of the tenant, as a large organization has them. E1 excludes the E3 that everybody has. */
export const products = [
  'SPE_E3',
  'SPE_E5',
  'STANDARDPACK',
  'EMSPREMIUM',
  'MCOMEETADV',
  'POWER_BI_PRO',
  'PROJECTPROFESSIONAL',
  'VISIOCLIENT',
  'DYN365_TEAM_MEMBERS',
  'Microsoft_365_Copilot',
  prohibitedProduct,
  addedProduct,
] as const;

export type ProductName = (typeof products)[number];

export interface BenchCatalogue {
  productId(name: ProductName): string;
  planId(name: string): string;
}

export function benchCatalogue(): BenchCatalogue {
  const { plans, products: all } = builtInCatalogue();
  return {
    productId: (name) => productNamed(all, name).productId,
    planId: (name) => {
      const plan = plans.find((candidate) => candidate.name === name);
      if (!plan) throw new Error(`The built-in catalogue has no plan ${name}; name another one in bench/tenant.`);
      return plan.planId;
    },
  };
}

/** Writes the twelve products, every plan, the rules `classic`, and twice as many seats as users. */
export async function insertCatalogue(pool: Pool, tenantId: string, users: number): Promise<void> {
  const { plans, products: all, ruleSets } = builtInCatalogue();
  const mine = products.map((name) => productNamed(all, name));
  const prohibited = new Set(productNamed(all, prohibitedProduct).servicePlans);
  await pool.query(
    `insert into allot.plan (tenant_id, plan_id, name, display_name, service, applies_to, mailbox, deny)
     select $1, r."planId", r.name, r."displayName", r.service, r."appliesTo", r.mailbox, r.deny
     from jsonb_to_recordset($2::jsonb) as r ("planId" uuid, name text, "displayName" text, service text,
                                               "appliesTo" text, mailbox boolean, deny text[])`,
    [
      tenantId,
      JSON.stringify(
        plans.map((plan) => ({ ...plan, deny: prohibited.has(plan.planId) ? [prohibitedCountry] : undefined })),
      ),
    ],
  );
  await pool.query(
    `with listed as (
       select * from jsonb_to_recordset($2::jsonb)
         as r ("productId" uuid, "skuPartNumber" text, "displayName" text, "servicePlans" uuid[])
     ), product as (
       insert into allot.product (tenant_id, product_id, sku_part_number, display_name)
       select $1, "productId", "skuPartNumber", "displayName" from listed
     ), seats as (
       insert into allot.subscription (tenant_id, id, product_id, units)
       select $1, "productId", "productId", $3::int from listed
     )
     insert into allot.product_plan (tenant_id, product_id, plan_id)
     select $1, "productId", unnest("servicePlans") from listed`,
    [tenantId, JSON.stringify(mine), 2 * users],
  );
  const { exclusions, requirements } = ruleSets.classic;
  await pool.query(
    `insert into allot.exclusion_set (tenant_id, rule_set, name, plans)
     select $1, 'classic', name, plans from jsonb_to_recordset($2::jsonb) as r (name text, plans uuid[])`,
    [tenantId, JSON.stringify(exclusions)],
  );
  await pool.query(
    `insert into allot.requirement (tenant_id, rule_set, plan_id, ordinal, any_of)
     select $1, 'classic', plan, ordinal, "anyOf"
     from jsonb_to_recordset($2::jsonb) as r (plan uuid, ordinal int, "anyOf" uuid[])`,
    [tenantId, JSON.stringify(requirements.map((rule, ordinal) => ({ ...rule, ordinal })))],
  );
}

function productNamed(all: readonly BuiltInProduct[], name: string): BuiltInProduct {
  const product = all.find((candidate) => candidate.skuPartNumber === name);
  if (!product) throw new Error(`The built-in catalogue has no product ${name}; name another one in bench/tenant.`);
  return product;
}
