import { badRequest } from '@allot/contract';
import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { readUserAddresses, setUserAddresses } from '../operations/directory/user-addresses.ts';
import { readAssignLicenseBody } from '../operations/licensing/assign-license-body.ts';
import { explainUser } from '../operations/licensing/explain-user.ts';
import { groupErrors } from '../operations/licensing/group-errors.ts';
import { previewGroupLicense } from '../operations/licensing/preview-group-license.ts';
import { processing } from '../operations/licensing/processing.ts';
import { reprocessGroup } from '../operations/licensing/reprocess.ts';
import { summary } from '../operations/licensing/summary.ts';
import { waitingLine } from '../operations/licensing/waiting-line.ts';
import { guid } from './fields.ts';
import { pathId } from './path-id.ts';

/** GET /summary */
export const getSummary = async ({ ctx }: RouteRequest): Promise<RouteAnswer> => ok(await summary(ctx));

/** GET /processing */
export const getProcessing = async ({ ctx }: RouteRequest): Promise<RouteAnswer> => ok(await processing(ctx));

/** POST /groups/{id}/reprocess: accepted; processing says when it is done */
export async function postReprocess(request: RouteRequest): Promise<RouteAnswer> {
  await reprocessGroup(request.ctx, pathId(request));
  return { status: 202 };
}

/** GET /groups/{id}/errors */
export async function getGroupErrors(request: RouteRequest): Promise<RouteAnswer> {
  return ok({ value: await groupErrors(request.ctx, pathId(request)) });
}

/** GET /users/{id | userPrincipalName}/explanation */
export async function getExplanation(request: RouteRequest): Promise<RouteAnswer> {
  return ok({ value: await explainUser(request.ctx, request.param('id')) });
}

/** GET /users/{id | userPrincipalName}/addresses */
export async function getAddresses(request: RouteRequest): Promise<RouteAnswer> {
  return ok({ proxyAddresses: await readUserAddresses(request.ctx, request.param('id')) });
}

/** PUT /users/{id | userPrincipalName}/addresses */
export async function putAddresses(request: RouteRequest): Promise<RouteAnswer> {
  const { body } = request;
  const sent = typeof body === 'object' && body !== null && 'proxyAddresses' in body ? body.proxyAddresses : undefined;
  if (sent === undefined) {
    throw badRequest(
      'The request body has no proxyAddresses.',
      'Send { "proxyAddresses": ["SMTP:primary@example.com", "smtp:alias@example.com"] }.',
    );
  }
  await setUserAddresses(request.ctx, request.param('id'), sent);
  return noContent;
}

const waitingTopDefault = 100;
const waitingTopMax = 1_000;

/** GET /waiting?skuId=&$top=: the line of one product, in the order of L-14 */
export async function getWaiting({ ctx, query, root }: RouteRequest): Promise<RouteAnswer> {
  const sent = query.get('skuId');
  if (sent === undefined)
    throw badRequest('The query has no skuId.', 'Ask for the line of one product: /allot/v1/waiting?skuId=…');
  const productId = guid(sent, 'skuId');
  const top = wholeNumber(query.get('$top'), '$top', waitingTopMax) ?? waitingTopDefault;
  const after = wholeNumber(query.get('$skiptoken'), '$skiptoken', Number.MAX_SAFE_INTEGER) ?? 0;
  const value = await waitingLine(ctx, { productId, top, after });
  const last = value.at(-1);
  if (value.length < top || last === undefined) return ok({ value });
  const link = `${root}/allot/v1/waiting?skuId=${productId}&$top=${top}&$skiptoken=${last.position}`;
  return ok({ value, '@odata.nextLink': link });
}

function wholeNumber(sent: string | undefined, name: string, max: number): number | undefined {
  if (sent === undefined) return undefined;
  const number = /^\d{1,16}$/.test(sent) ? Number(sent) : Number.NaN;
  if (number >= 1 && number <= max) return number;
  throw badRequest(`${name} must be a whole number from 1 to ${max}.`, `Leave ${name} out, or correct it.`);
}

/** POST /groups/{id}/licensing/preview with the body of assignLicense: what the change would do. Nothing is changed. */
export async function postLicensePreview(request: RouteRequest): Promise<RouteAnswer> {
  return ok(await previewGroupLicense(request.ctx, pathId(request), readAssignLicenseBody(request.body)));
}
