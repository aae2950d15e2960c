import { ApiError, badRequest, unsupportedQuery } from '@allot/contract';
import type { Query, RouteRequest } from '../../http/index.ts';
import type { ListRequest } from '../../operations/directory/list-request.ts';
import { readSkipToken, type TokenKind } from './skip-token.ts';

/** Objects on a page: what Graph gives without `$top`, and what `$top` may ask for. */
const pageSizeDefault = 100;
const pageSizeMax = 999;

/** What lists that can be filtered take. */
export const listOptions: readonly Option[] = [
  '$select',
  '$filter',
  '$search',
  '$orderby',
  '$top',
  '$count',
  '$skiptoken',
];

export type Option =
  | '$select'
  | '$filter'
  | '$search'
  | '$orderby'
  | '$top'
  | '$count'
  | '$skiptoken'
  | '$deltatoken'
  | '$expand';

const knownOptions: ReadonlySet<string> = new Set([
  'select',
  'filter',
  'orderby',
  'top',
  'count',
  'skiptoken',
  'deltatoken',
  'expand',
  'search',
  'skip',
  'format',
]);

/**
 * Refuses query options that this route does not have, rather than answering something else than was asked. Options
 * that OData does not know, without `$`, mean nothing to us and are left alone.
 * @throws ApiError 400
 */
export function allowOptions(request: RouteRequest, allowed: readonly Option[]): void {
  for (const name of request.query.names) {
    const key = name.toLowerCase().replace(/^\$/, '');
    if (allowed.includes(`$${key}` as Option) || key === 'format') continue; // compared as text with what is allowed
    if (!knownOptions.has(key)) {
      if (!name.startsWith('$')) continue;
      throw new ApiError(400, 'BadRequest', `The query parameter '${name.slice(0, 80)}' is not supported.`, {
        advice: 'Leave it out.',
      });
    }
    throw refusal(key);
  }
}

function refusal(key: string): ApiError {
  if (key === 'skip') {
    return badRequest("'$skip' is not supported by the service.", 'Follow @odata.nextLink from page to page.');
  }
  return unsupportedQuery('Unsupported Query.', `$${key} is not available here; leave it out.`);
}

/** The header that Graph demands with whatever its directory answers from its second index. */
export const isEventual = (request: RouteRequest): boolean =>
  request.header('consistencylevel')?.trim().toLowerCase() === 'eventual';

/**
 * `Prefer: allot.count=none`, which Graph does not have: an advanced query whose first page does not wait until everything that meets the filter is
 * counted. Without it Graph's rule leaves no way to ask for a filter in an order and not for a count. With a number, counting may end when more
 * than that are found.
 */
function preferredCount(request: RouteRequest): 'none' | number | undefined {
  const [, wanted] =
    /(?:^|[,;])\s*allot\.count\s*=\s*(none|\d{1,9})\s*(?:$|[,;])/i.exec(request.header('prefer') ?? '') ?? [];
  if (wanted === undefined) return undefined;
  return wanted.toLowerCase() === 'none' ? 'none' : Number(wanted);
}

/**
 * `$expand` does not go with what Graph's second index answers.
 * @throws ApiError 400
 */
export function refuseExpandedSearch(request: RouteRequest, { advanced, search }: ListRequest): void {
  if (request.query.get('$expand') === undefined || (!advanced && search === undefined)) return;
  throw unsupportedQuery(
    'Unsupported Query.',
    '$expand cannot be combined with $search or with ConsistencyLevel: eventual and $count=true; ask for what it shows by a request of its own.',
  );
}

/** What a list is asked for. `$count=true` without the header means nothing, as in Graph. @throws ApiError 400 */
export function listRequest(
  request: RouteRequest,
  properties: readonly string[],
  token: TokenKind,
  topMax = pageSizeMax,
): ListRequest {
  const { query } = request;
  const count = isEventual(request) && readFlag(query, '$count');
  const skipToken = query.get('$skiptoken');
  const preferred = preferredCount(request);
  return {
    properties,
    top: readTop(query, topMax),
    filter: query.get('$filter'),
    search: readSearch(request),
    orderBy: query.get('$orderby'),
    advanced: count,
    // Said on the first page only.
    count: count && skipToken === undefined && preferred !== 'none',
    countMax: preferred === 'none' ? undefined : preferred,
    after: skipToken === undefined ? undefined : readSkipToken(skipToken, token),
  };
}

function readSearch(request: RouteRequest): string | undefined {
  const text = request.query.get('$search');
  if (text === undefined || isEventual(request)) return text;
  throw unsupportedQuery(
    "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    "Send the header 'ConsistencyLevel: eventual'.",
  );
}

function readTop(query: Query, topMax: number): number {
  const text = query.get('$top');
  if (text === undefined) return pageSizeDefault;
  if (!/^\d{1,15}$/.test(text)) {
    throw new ApiError(
      400,
      'BadRequest',
      `Invalid value '${text.slice(0, 80)}' for $top query option found. The $top query option requires a non-negative integer value.`,
      { advice: `Send a number from 1 to ${topMax}.` },
    );
  }
  const top = Number(text);
  if (top < 1 || top > topMax) {
    throw badRequest(
      `Invalid page size specified: '${text}'. Must be between 1 and ${topMax} inclusive.`,
      'Ask for smaller pages and follow @odata.nextLink.',
    );
  }
  return top;
}

/** An option that is true or false; false without it. @throws ApiError 400 */
export function readFlag(query: Query, name: string): boolean {
  const text = query.get(name)?.toLowerCase();
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw new ApiError(400, 'BadRequest', `Invalid value '${text.slice(0, 80)}' for ${name} query option found.`, {
    advice: 'Send true or false.',
  });
}
