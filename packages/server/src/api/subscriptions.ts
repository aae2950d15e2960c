import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import {
  changeSubscription,
  deleteSubscription,
  previewSubscription,
  previewSubscriptionEnd,
} from '../operations/subscriptions/change-subscription.ts';
import { createSubscription, previewNewSubscription } from '../operations/subscriptions/create-subscription.ts';
import { listSubscriptions, readSubscription } from '../operations/subscriptions/read-subscriptions.ts';
import { subscriptionStatuses, UNITS_MAX } from '../operations/subscriptions/subscription.ts';
import { guid, instant, integer, oneOf, orNull, readFields, readRequired } from './fields.ts';
import { pathId } from './path-id.ts';
import { readFlag } from './query-flag.ts';

/** GET /subscriptions */
export const getSubscriptions = async ({ ctx }: RouteRequest): Promise<RouteAnswer> =>
  ok({ value: await listSubscriptions(ctx) });

/** GET /subscriptions/{id} */
export async function getSubscription(request: RouteRequest): Promise<RouteAnswer> {
  return ok(await readSubscription(request.ctx, pathId(request)));
}

/** POST /subscriptions?dryRun= */
export async function postSubscription(request: RouteRequest): Promise<RouteAnswer> {
  const { ctx, body, root } = request;
  const wanted = readRequired(body, { skuId: guid, ...subscriptionFields }, ['skuId', 'units']);
  if (readFlag(request, 'dryRun')) return ok(await previewNewSubscription(ctx, wanted));
  const created = await createSubscription(ctx, wanted);
  return { status: 201, body: created, headers: { location: `${root}/allot/v1/subscriptions/${created.id}` } };
}

/** PATCH /subscriptions/{id}?dryRun=: answers the subscription as it is now. The product of a subscription stays. */
export async function patchSubscription(request: RouteRequest): Promise<RouteAnswer> {
  const patch = readFields(request.body, subscriptionFields);
  const answer = readFlag(request, 'dryRun') ? previewSubscription : changeSubscription;
  return ok(await answer(request.ctx, pathId(request), patch));
}

/** DELETE /subscriptions/{id}?dryRun= */
export async function removeSubscription(request: RouteRequest): Promise<RouteAnswer> {
  if (readFlag(request, 'dryRun')) return ok(await previewSubscriptionEnd(request.ctx, pathId(request)));
  await deleteSubscription(request.ctx, pathId(request));
  return noContent;
}

const subscriptionFields = {
  units: integer(0, UNITS_MAX),
  status: oneOf(...subscriptionStatuses),
  startDateTime: instant,
  endDateTime: orNull(instant),
};
