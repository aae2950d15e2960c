import type { ProductData } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Makes these products be as told, with exactly these plans; other products stay. Three statements, whatever their number. */
export async function upsertProducts(trx: Handle, tenantId: string, products: readonly ProductData[]): Promise<void> {
  if (!products.length) return;
  await sql`
    insert into allot.product (tenant_id, product_id, sku_part_number, display_name, applies_to)
    select ${tenantId}::uuid, p.* from jsonb_to_recordset(${JSON.stringify(products)}::jsonb)
      as p ("productId" uuid, "skuPartNumber" text, "displayName" text, "appliesTo" text)
    on conflict (tenant_id, product_id) do update set
      sku_part_number = excluded.sku_part_number, display_name = excluded.display_name, applies_to = excluded.applies_to
  `.execute(trx);
  const pairs = products.flatMap(({ productId, planIds }) => planIds.map((planId) => ({ productId, planId })));
  const rows = sql`unnest(${pairs.map((p) => p.productId)}::uuid[], ${pairs.map((p) => p.planId)}::uuid[]) as n (product_id, plan_id)`;
  await sql`
    delete from allot.product_plan pp
    where pp.tenant_id = ${tenantId} and pp.product_id = any(${products.map((p) => p.productId)}::uuid[])
      and not exists (select from ${rows} where n.product_id = pp.product_id and n.plan_id = pp.plan_id)
  `.execute(trx);
  await sql`
    insert into allot.product_plan (tenant_id, product_id, plan_id) select ${tenantId}, n.product_id, n.plan_id from ${rows}
    on conflict do nothing
  `.execute(trx);
}
