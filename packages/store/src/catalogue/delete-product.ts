import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Deletes a product that nothing uses, with which plans it has. */
export async function deleteProduct(trx: Handle, tenantId: string, productId: string): Promise<void> {
  await sql`delete from allot.product_plan where tenant_id = ${tenantId} and product_id = ${productId}`.execute(trx);
  await sql`delete from allot.product where tenant_id = ${tenantId} and product_id = ${productId}`.execute(trx);
}
