import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { changeSubscription, deleteSubscription } from '../operations/subscriptions/change-subscription.ts';
import { createSubscription } from '../operations/subscriptions/create-subscription.ts';
import { listSubscriptions, readSubscription } from '../operations/subscriptions/read-subscriptions.ts';
import { subscriptionStatuses, UNITS_MAX } from '../operations/subscriptions/subscription.ts';
import { guid, instant, integer, oneOf, orNull, readFields, readRequired } from './fields.ts';
import { pathId } from './path-id.ts';

/** GET /subscriptions */
export const getSubscriptions = async ({ ctx }: RouteRequest): Promise<RouteAnswer> =>
  ok({ value: await listSubscriptions(ctx) });

/** GET /subscriptions/{id} */
export async function getSubscription(request: RouteRequest): Promise<RouteAnswer> {
  return ok(await readSubscription(request.ctx, pathId(request)));
}

/** POST /subscriptions */
export async function postSubscription({ ctx, body, root }: RouteRequest): Promise<RouteAnswer> {
  const created = await createSubscription(
    ctx,
    readRequired(body, { skuId: guid, ...subscriptionFields }, ['skuId', 'units']),
  );
  return { status: 201, body: created, headers: { location: `${root}/allot/v1/subscriptions/${created.id}` } };
}

/** PATCH /subscriptions/{id}: answers the subscription as it is now. The product of a subscription stays. */
export async function patchSubscription(request: RouteRequest): Promise<RouteAnswer> {
  return ok(await changeSubscription(request.ctx, pathId(request), readFields(request.body, subscriptionFields)));
}

/** DELETE /subscriptions/{id} */
export async function removeSubscription(request: RouteRequest): Promise<RouteAnswer> {
  await deleteSubscription(request.ctx, pathId(request));
  return noContent;
}

const subscriptionFields = {
  units: integer(0, UNITS_MAX),
  status: oneOf(...subscriptionStatuses),
  startDateTime: instant,
  endDateTime: orNull(instant),
};
