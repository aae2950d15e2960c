import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

export interface ProductSeats {
  readonly productId: string;
  readonly skuPartNumber: string;
  readonly consumed: number;
  readonly usable: number;
}

/** Seats of each product that has or had any, after a change. */
export async function loadSeatsAfter(db: Handle, tenantId: string, changeNo: number): Promise<ProductSeats[]> {
  const { rows } = await sql<ProductSeats>`
    select p.product_id as "productId", p.sku_part_number as "skuPartNumber",
           coalesce(h.consumed, p.consumed) as consumed, coalesce(h.usable, s.usable, 0)::int as usable
    from allot.product p
    left join lateral (
      select consumed, usable from allot.seat_history h
      where h.tenant_id = p.tenant_id and h.product_id = p.product_id and h.change_id > ${changeNo} order by change_id limit 1
    ) as h on true
    left join (
      select product_id, sum(units) filter (where status in ('Enabled', 'Warning')) as usable
      from allot.subscription where tenant_id = ${tenantId} group by product_id
    ) as s on s.product_id = p.product_id
    where p.tenant_id = ${tenantId}
      and (s.product_id is not null or p.consumed > 0 or exists (
        select from allot.seat_history e where e.tenant_id = p.tenant_id and e.product_id = p.product_id))
    order by p.sku_part_number
  `.execute(db);
  return rows;
}

/** Keeps how many seats there were until a change, for the products where it makes a difference. */
export async function rememberSeats(
  trx: Handle,
  tenantId: string,
  changeNo: number,
  before: readonly { readonly productId: string; readonly consumed: number; readonly usable: number }[],
): Promise<void> {
  if (!before.length) return;
  await sql`
    insert into allot.seat_history (tenant_id, product_id, change_id, consumed, usable)
    select ${tenantId}, product_id, ${changeNo}::bigint, consumed, usable
    from unnest(${before.map((b) => b.productId)}::uuid[], ${before.map((b) => b.consumed)}::int[], ${before.map((b) => b.usable)}::int[])
      as b (product_id, consumed, usable)
  `.execute(trx);
}
