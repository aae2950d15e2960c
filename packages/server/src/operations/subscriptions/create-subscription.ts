import { randomUUID } from 'node:crypto';
import { badRequest } from '@allot/contract';
import { listSubscriptions, type Subscription as Row, upsertSubscription } from '@allot/store';
import type { Context } from '../context.ts';
import { invalidValue } from '../directory/property-errors.ts';
import { changeWorld } from '../licensing/change-world.ts';
import { loadTenantWorld } from '../licensing/tenant-world.ts';
import { auditSubscription } from './audit-subscription.ts';
import { SUBSCRIPTIONS_PER_PRODUCT_MAX, type Subscription, subscriptionOf } from './subscription.ts';

export interface NewSubscription {
  readonly skuId: string;
  /** At most UNITS_MAX. */
  readonly units: number;
  readonly status?: Subscription['status'];
  readonly startDateTime?: Date;
  readonly endDateTime?: Date | null;
}

/**
 * Adds seats of a product and gives them to those who wait (L-14, L-16), in one transaction.
 * @throws ApiError 400 when the catalogue has no such product
 */
export async function createSubscription(ctx: Context, wanted: NewSubscription): Promise<Subscription> {
  const productId = wanted.skuId.toLowerCase();
  const { world } = await loadTenantWorld(ctx.db, ctx.tenantId);
  if (!world.catalogue.products.has(productId)) throw unknownProduct(wanted.skuId);
  const row: Row = {
    id: randomUUID(),
    productId,
    units: wanted.units,
    status: wanted.status ?? 'Enabled',
    startAt: wanted.startDateTime ?? new Date(),
    endAt: wanted.endDateTime ?? null,
  };
  refuseUnlessInOrder(row);
  return changeWorld(ctx, 'seats', 'Add subscription', async (trx) => {
    const others = await listSubscriptions(trx, ctx.tenantId, productId);
    if (others.length >= SUBSCRIPTIONS_PER_PRODUCT_MAX) throw tooMany();
    await upsertSubscription(trx, ctx.tenantId, row);
    await auditSubscription(trx, ctx, 'Add subscription', undefined, row);
    return subscriptionOf(row);
  });
}

export function refuseUnlessInOrder({ startAt, endAt }: Row): void {
  if (endAt !== null && endAt <= startAt) throw invalidValue('endDateTime', 'It must be later than startDateTime.');
}

const unknownProduct = (skuId: string) =>
  badRequest(
    `The catalogue has no product ${skuId}.`,
    "Import Microsoft's product list (POST /allot/v1/imports/products), or define the product with PUT /allot/v1/catalogue/products/{skuId}.",
  );

const tooMany = () =>
  badRequest(
    `The product has ${SUBSCRIPTIONS_PER_PRODUCT_MAX} subscriptions, which is the most there can be.`,
    'Change the units of one of them, or delete one that has ended.',
  );
