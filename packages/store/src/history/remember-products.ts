import type { ProductData } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { uuidLists, uuids } from '../licensing/array-literals.ts';

/** Keeps which plans products had until a change of the catalogue. */
export async function rememberProducts(
  trx: Handle,
  tenantId: string,
  changeNo: number,
  before: readonly Pick<ProductData, 'productId' | 'planIds'>[],
): Promise<void> {
  if (!before.length) return;
  await sql`
    insert into allot.product_history (tenant_id, product_id, change_id, plan_ids)
    select ${tenantId}, product_id, ${changeNo}::bigint, plan_ids::uuid[]
    from unnest(${uuids(before.map((b) => b.productId))}, ${uuidLists(before.map((b) => b.planIds))}) as b (product_id, plan_ids)
  `.execute(trx);
}
