import { notFound } from '@allot/contract';
import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { readUser } from '../operations/directory/read-users.ts';
import { assignGroupLicense } from '../operations/licensing/assign-group-license.ts';
import { assignUserLicense } from '../operations/licensing/assign-user-license.ts';
import { readAssignLicenseBody } from '../operations/licensing/assign-license-body.ts';
import { readSubscribedSkus } from '../operations/licensing/read-subscribed-skus.ts';
import { readUserLicensing } from '../operations/licensing/read-user-licensing.ts';
import { reprocessUser } from '../operations/licensing/reprocess.ts';
import { answerGroup, locationOf } from './groups.ts';
import { objectId } from './object-id.ts';
import { collection, contextOf } from './query/links.ts';
import { allowOptions } from './query/options.ts';
import { pick, readSelect } from './query/select.ts';
import { groupType } from './resources/group-resource.ts';
import { licenseDetailsType, subscribedSkuType } from './resources/license-types.ts';
import { licensedUser } from './resources/user-resource.ts';
import { answerUser } from './users.ts';

/** POST /users/{id | userPrincipalName}/assignLicense */
export async function postUserLicense(request: RouteRequest): Promise<RouteAnswer> {
  const body = readAssignLicenseBody(request.body);
  await assignUserLicense(request.ctx, request.param('id'), body);
  return ok(await answerUser(request, request.param('id'), licensedUser));
}

/** POST /users/{id | userPrincipalName}/reprocessLicenseAssignment */
export async function postUserReprocess(request: RouteRequest): Promise<RouteAnswer> {
  await reprocessUser(request.ctx, request.param('id'));
  return ok(await answerUser(request, request.param('id'), licensedUser));
}

/** POST /groups/{id}/assignLicense: accepted; `licenseProcessingState` says when it is done */
export async function postGroupLicense(request: RouteRequest): Promise<RouteAnswer> {
  const groupId = objectId(request.param('id'));
  await assignGroupLicense(request.ctx, groupId, readAssignLicenseBody(request.body));
  const headers = { location: locationOf(request, groupId) };
  return { status: 202, body: await answerGroup(request, groupId, groupType.standard), headers };
}

/** GET /users/{id | userPrincipalName}/licenseDetails */
export async function getLicenseDetails(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const selection = readSelect(request.query, licenseDetailsType, 'list');
  const { userNo, id } = await readUser(request.ctx, request.param('id'), []);
  const licensing = await readUserLicensing(request.ctx, [userNo], ['licenseDetails']);
  const details = (licensing.get(userNo)?.licenseDetails ?? []).map((one) => pick(one, selection));
  return ok(collection(request, `users('${id}')/licenseDetails${selection.clause}`, details));
}

/** GET /users/{id | userPrincipalName}/licenseDetails/{id} */
export async function getLicenseDetail(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const selection = readSelect(request.query, licenseDetailsType, 'one');
  const { userNo, id } = await readUser(request.ctx, request.param('id'), []);
  const licensing = await readUserLicensing(request.ctx, [userNo], ['licenseDetails']);
  const asked = request.param('detailsId');
  const details = licensing.get(userNo)?.licenseDetails.find((one) => one.id === asked);
  if (details === undefined) throw notFound(asked);
  const fragment = `users('${id}')/licenseDetails${selection.clause}/$entity`;
  return ok({ ...contextOf(request, fragment), ...pick(details, selection) });
}

/** GET /subscribedSkus */
export async function getSubscribedSkus(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const selection = readSelect(request.query, subscribedSkuType, 'list');
  const skus = await readSubscribedSkus(request.ctx);
  return ok(
    collection(
      request,
      `subscribedSkus${selection.clause}`,
      skus.map((sku) => pick(sku, selection)),
    ),
  );
}

/** GET /subscribedSkus/{tenantId}_{skuId} */
export async function getSubscribedSku(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const selection = readSelect(request.query, subscribedSkuType, 'one');
  const asked = request.param('id').toLowerCase();
  const sku = (await readSubscribedSkus(request.ctx)).find(({ id }) => id === asked);
  if (sku === undefined) throw notFound(request.param('id'));
  return ok({ ...contextOf(request, `subscribedSkus${selection.clause}/$entity`), ...pick(sku, selection) });
}
