import { randomUUID } from 'node:crypto';
import { badRequest, type PlanEffect } from '@allot/contract';
import { statusAsSet } from '@allot/engine';
import {
  type Handle,
  listSubscriptions,
  type Subscription as Row,
  transactionTime,
  upsertSubscription,
} from '@allot/store';
import type { Context } from '../context.ts';
import { invalidValue } from '../directory/property-errors.ts';
import { changeWorld } from '../licensing/change-world.ts';
import { loadTenantWorld } from '../licensing/tenant-world.ts';
import { auditSubscriptions } from './audit-subscription.ts';
import { keepTime } from './keep-time.ts';
import { previewSeats } from './preview-seats.ts';
import { readSubscription } from './read-subscriptions.ts';
import { SUBSCRIPTIONS_PER_PRODUCT_MAX, type Subscription } from './subscription.ts';

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
export const createSubscription = (ctx: Context, wanted: NewSubscription): Promise<Subscription> =>
  changeWorld(ctx, 'seats', 'Add subscription', (trx) => writeNew(ctx, trx, wanted));

/** What that would do. Nothing is changed. @throws ApiError as the change */
export const previewNewSubscription = (ctx: Context, wanted: NewSubscription): Promise<PlanEffect> =>
  previewSeats(ctx, (trx) => writeNew(ctx, trx, wanted));

async function writeNew(ctx: Context, trx: Handle, wanted: NewSubscription): Promise<Subscription> {
  const productId = wanted.skuId.toLowerCase();
  const { world } = await loadTenantWorld(trx, ctx.tenantId);
  if (!world.catalogue.products.has(productId)) throw unknownProduct(wanted.skuId);
  const others = await listSubscriptions(trx, ctx.tenantId, productId);
  if (others.length >= SUBSCRIPTIONS_PER_PRODUCT_MAX) throw tooMany();
  const row = newRow(productId, wanted, await transactionTime(trx));
  refuseUnlessInOrder(row);
  await upsertSubscription(trx, ctx.tenantId, row);
  await auditSubscriptions(trx, ctx, 'Add subscription', [{ before: undefined, after: row }]);
  await keepTime(ctx, trx);
  return readSubscription({ ...ctx, db: trx }, row.id);
}

function newRow(productId: string, { units, status, startDateTime, endDateTime }: NewSubscription, now: Date): Row {
  const plain = { status: 'Enabled', since: now, startAt: startDateTime ?? now, endAt: endDateTime ?? null } as const;
  const term = statusAsSet(plain, { status, endAt: endDateTime }, now);
  return { id: randomUUID(), productId, units, ...term, movesAt: null };
}

export function refuseUnlessInOrder({ startAt, endAt }: Pick<Row, 'startAt' | 'endAt'>): void {
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
    'TooManySubscriptions',
  );
