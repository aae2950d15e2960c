import { notFound } from '@allot/contract';
import { deleteProduct as deleteRow, findProductUse, type Handle, loadCatalogue, loadGroupNames } from '@allot/store';
import type { Context } from '../context.ts';
import { auditCatalogue } from './audit-catalogue.ts';
import { changeCatalogue, type ChangeOptions, type Shown } from './catalogue-change.ts';
import { counted, named, refuseIfUsed, type Use } from './still-in-use.ts';

/**
 * Deletes a product from the catalogue. Nobody loses anything by it: one that gives somebody something, or did, stays (decision 24).
 * @throws ApiError 404; 409 with all that still uses it
 */
export const deleteProduct = (
  ctx: Context,
  productId: string,
  options: ChangeOptions = {},
): Promise<Shown<undefined>> =>
  changeCatalogue(ctx, 'Delete product', options, async (trx) => {
    const { products } = await loadCatalogue(trx, ctx.tenantId, '');
    const product = products.find((one) => one.productId === productId);
    if (!product) throw notFound(productId);
    refuseIfUsed(`product ${product.skuPartNumber}`, 'ProductInUse', await usesOf(trx, ctx.tenantId, productId));
    await deleteRow(trx, ctx.tenantId, productId);
    await auditCatalogue(trx, ctx, 'Delete product', { id: productId, displayName: product.displayName }, []);
    return { result: undefined, changes: [] };
  });

async function usesOf(trx: Handle, tenantId: string, productId: string): Promise<Use[]> {
  const { subscriptions, groupIds, users, deletedUsers, past } = await findProductUse(trx, tenantId, productId);
  const uses: Use[] = [];
  const add = (kind: string, sentence: string) => uses.push({ kind, sentence });
  if (subscriptions > 0) add('subscriptions', `It has ${counted(subscriptions, 'subscription')}: delete them first.`);
  if (groupIds.length > 0) {
    const names = await loadGroupNames(trx, tenantId, groupIds);
    add('groups', `Groups license it: ${named(groupIds.map((id) => names.get(id) ?? id).toSorted())}.`);
  }
  if (users > 0) add('users', `Users have it, keep it or wait for it: ${users}.`);
  if (deletedUsers > 0) add('deletedUsers', `Deleted users would come back with it: ${deletedUsers}.`);
  // Whoever has it now will have had it.
  if (past || groupIds.length + users + deletedUsers > 0)
    add('history', 'What users had is told with it, so it stays in the catalogue, also when nobody has it any more.');
  return uses;
}
