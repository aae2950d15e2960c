import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import {
  type ChangeSubscription,
  createSubscription,
  deleteSubscription,
  listSubscriptionsOf,
  readSubscriptionOf,
  renewSubscription,
} from '../operations/notifications/change-subscriptions.ts';
import { readRenewal, readSubscription } from '../operations/notifications/subscription-body.ts';
import { readGroups, readUsers } from './permissions.ts';
import { collection, contextOf } from './query/links.ts';
import { allowOptions } from './query/options.ts';

/** POST /subscriptions */
export async function postSubscription(request: RouteRequest): Promise<RouteAnswer> {
  const wanted = readSubscription(request.body);
  request.requirePermission(wanted.kind === 'users' ? readUsers : readGroups);
  const subscription = await createSubscription(request.ctx, wanted, request.outgoing);
  return {
    status: 201,
    body: entity(request, subscription),
    headers: { location: `${request.root}/v1.0/subscriptions/${subscription.id}` },
  };
}

/** GET /subscriptions */
export async function getSubscriptions(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$top']);
  return ok(collection(request, 'subscriptions', (await listSubscriptionsOf(request.ctx)).map(resource)));
}

/** GET /subscriptions/{id} */
export async function getSubscription(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, []);
  return ok(entity(request, await readSubscriptionOf(request.ctx, request.param('id'))));
}

/** PATCH /subscriptions/{id} */
export async function patchSubscription(request: RouteRequest): Promise<RouteAnswer> {
  return ok(entity(request, await renewSubscription(request.ctx, request.param('id'), readRenewal(request.body))));
}

/** DELETE /subscriptions/{id} */
export async function removeSubscription(request: RouteRequest): Promise<RouteAnswer> {
  await deleteSubscription(request.ctx, request.param('id'));
  return noContent;
}

const entity = (request: RouteRequest, subscription: ChangeSubscription) => ({
  ...contextOf(request, 'subscriptions/$entity'),
  ...resource(subscription),
});

const resource = (subscription: ChangeSubscription) => ({
  id: subscription.id,
  resource: subscription.resource,
  applicationId: subscription.clientId,
  changeType: subscription.changeTypes.join(','),
  clientState: subscription.clientState,
  notificationUrl: subscription.notificationUrl,
  notificationQueryOptions: null,
  lifecycleNotificationUrl: subscription.lifecycleUrl,
  expirationDateTime: subscription.expiresAt.toISOString(),
  creatorId: subscription.clientId,
  includeResourceData: null,
  latestSupportedTlsVersion: 'v1_2',
  encryptionCertificate: null,
  encryptionCertificateId: null,
  notificationUrlAppId: null,
});
