import { notFound } from '@allot/contract';
import { companySubscriptions, type CompanySubscriptionRow, selectCompanySubscriptions } from '@allot/store';
import type { Context } from '../context.ts';
import { type ListAnswer, type ListRequest, readCondition } from '../directory/list-request.ts';
import { loadTenantWorld } from '../licensing/tenant-world.ts';
import { servicePlansOf } from '../licensing/read-subscribed-skus.ts';

/** Graph's companySubscription. */
export type CompanySubscription = Awaited<ReturnType<typeof readCompanySubscription>>;

/** One page of the subscriptions of the tenant, in the order of their ids. @throws ApiError 400 */
export async function listCompanySubscriptions(
  ctx: Context,
  request: ListRequest,
): Promise<ListAnswer<CompanySubscription>> {
  // Every filter is taken without the header of advanced queries: a tenant has some hundred of them.
  const condition = readCondition({ ...request, advanced: true }, companySubscriptions);
  const query = { condition, after: request.after, limit: request.top };
  const { rows, next } = await selectCompanySubscriptions(ctx.db, ctx.tenantId, query);
  return { rows: await shown(ctx, rows), next, count: undefined };
}

/** @param id a UUID @throws ApiError 404 */
export async function readCompanySubscription(ctx: Context, id: string) {
  const request = { filter: `id eq ${id}`, advanced: true, properties: [], top: 1, count: false };
  const { rows } = await selectCompanySubscriptions(ctx.db, ctx.tenantId, {
    condition: readCondition(request, companySubscriptions),
    after: undefined,
    limit: 1,
  });
  const [subscription] = await shown(ctx, rows);
  if (subscription === undefined) throw notFound(id);
  return subscription;
}

async function shown(ctx: Context, rows: readonly CompanySubscriptionRow[]) {
  const { world } = await loadTenantWorld(ctx.db, ctx.tenantId);
  return rows.map((row) => ({
    id: row.id,
    // Nobody sold it: it has no other number than its own.
    commerceSubscriptionId: row.id,
    createdDateTime: row.createdDateTime.toISOString(),
    isTrial: false,
    nextLifecycleDateTime: row.nextLifecycleDateTime?.toISOString() ?? null,
    ownerId: null,
    ownerTenantId: ctx.tenantId,
    ownerType: null,
    serviceStatus: servicePlansOf(world.catalogue, row.skuId, row.status === 'Enabled' || row.status === 'Warning'),
    skuId: row.skuId,
    skuPartNumber: row.skuPartNumber,
    status: row.status,
    totalLicenses: row.totalLicenses,
  }));
}
