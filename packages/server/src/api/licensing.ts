import { badRequest } from '@allot/contract';
import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { listExtensions } from '../operations/directory/list-extensions.ts';
import { previewUserAddresses } from '../operations/directory/preview-users.ts';
import { readUserAddresses, setUserAddresses } from '../operations/directory/user-addresses.ts';
import { explainUser } from '../operations/licensing/explain-user.ts';
import { processing } from '../operations/licensing/processing.ts';
import { reprocessGroup } from '../operations/licensing/reprocess.ts';
import { summary } from '../operations/licensing/summary.ts';
import { waitingLine } from '../operations/licensing/waiting-line.ts';
import { guid } from './fields.ts';
import { answerPage, readAfter, readTop } from './page.ts';
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

/** GET /users/{id | userPrincipalName}/explanation */
export async function getExplanation(request: RouteRequest): Promise<RouteAnswer> {
  return ok({ value: await explainUser(request.ctx, request.param('id')) });
}

/** GET /users/{id | userPrincipalName}/addresses */
export async function getAddresses(request: RouteRequest): Promise<RouteAnswer> {
  return ok(await readUserAddresses(request.ctx, request.param('id')));
}

/** PUT /users/{id | userPrincipalName}/addresses */
export async function putAddresses(request: RouteRequest): Promise<RouteAnswer> {
  await setUserAddresses(request.ctx, request.param('id'), sentAddresses(request));
  return noContent;
}

/** GET /users/{id | userPrincipalName}/extensions */
export async function getExtensions(request: RouteRequest): Promise<RouteAnswer> {
  return ok({ value: await listExtensions(request.ctx, request.param('id')) });
}

/** POST /users/{id | userPrincipalName}/addresses/preview */
export async function postAddressesPreview(request: RouteRequest): Promise<RouteAnswer> {
  return ok(await previewUserAddresses(request.ctx, request.param('id'), sentAddresses(request)));
}

function sentAddresses({ body }: RouteRequest): unknown {
  const sent = typeof body === 'object' && body !== null && 'proxyAddresses' in body ? body.proxyAddresses : undefined;
  if (sent === undefined) {
    throw badRequest(
      'The request body has no proxyAddresses.',
      'Send { "proxyAddresses": ["SMTP:primary@example.com", "smtp:alias@example.com"] }.',
    );
  }
  return sent;
}

/** GET /waiting?skuId=&$top=: the line of one product, in the order of L-14 */
export async function getWaiting(request: RouteRequest): Promise<RouteAnswer> {
  const sent = request.query.get('skuId');
  if (sent === undefined)
    throw badRequest('The query has no skuId.', 'Ask for the line of one product: /allot/v1/waiting?skuId=…');
  const productId = guid(sent, 'skuId');
  const top = readTop(request);
  const value = await waitingLine(request.ctx, { productId, top, after: readAfter(request) });
  const next = value.length < top ? undefined : value.at(-1)?.position;
  return answerPage(request, '/waiting', { skuId: productId, $top: top }, { value, next });
}
