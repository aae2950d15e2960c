import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import {
  listCompanySubscriptions,
  readCompanySubscription,
} from '../operations/subscriptions/company-subscriptions.ts';
import { objectId } from './object-id.ts';
import { collection, contextOf } from './query/links.ts';
import { allowOptions, listRequest } from './query/options.ts';
import { pick, readSelect } from './query/select.ts';
import { companySubscriptionType } from './resources/license-types.ts';

const fragment = 'directory/subscriptions';

/** GET /directory/subscriptions */
export async function getCompanySubscriptions(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select', '$filter', '$top', '$skiptoken']);
  const selection = readSelect(request.query, companySubscriptionType, 'list');
  const { rows, ...page } = await listCompanySubscriptions(request.ctx, listRequest(request, [], 'id'));
  const subscriptions = rows.map((row) => pick(row, selection));
  return ok(collection(request, `${fragment}${selection.clause}`, subscriptions, page));
}

/** GET /directory/subscriptions/{id} and /directory/subscriptions(commerceSubscriptionId='{id}') */
export async function getCompanySubscription(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const selection = readSelect(request.query, companySubscriptionType, 'one');
  const subscription = await readCompanySubscription(request.ctx, objectId(request.param('id')));
  return ok({ ...contextOf(request, `${fragment}${selection.clause}/$entity`), ...pick(subscription, selection) });
}
