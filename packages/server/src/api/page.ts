import { type ApiError, badRequest } from '@allot/contract';
import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';

const topDefault = 100;
const topMax = 1_000;

/** `$top`: entries on a page. @throws ApiError 400 */
export const readTop = ({ query }: RouteRequest): number =>
  wholeNumber(query.get('$top'), '$top', topMax) ?? topDefault;

/** `$skiptoken` where it is a number; 0: the first page. @throws ApiError 400 */
export const readAfter = ({ query }: RouteRequest): number =>
  wholeNumber(query.get('$skiptoken'), '$skiptoken', Number.MAX_SAFE_INTEGER) ?? 0;

/** @throws ApiError 400 */
export function wholeNumber(sent: string | undefined, name: string, max: number, min = 1): number | undefined {
  if (sent === undefined) return undefined;
  const number = /^\d{1,16}$/.test(sent) ? Number(sent) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw badRequest(`${name} must be a whole number from ${min} to ${max}.`, `Leave ${name} out, or correct it.`);
}

/**
 * A page, and the address of the next one.
 * @param path under /allot/v1, with what else the query says
 * @param next where the next page begins; undefined: this is the last
 */
export function answerPage(
  { root }: RouteRequest,
  path: string,
  query: Readonly<Record<string, string | number>>,
  { value, next }: { readonly value: readonly unknown[]; readonly next: string | number | undefined },
): RouteAnswer {
  if (next === undefined) return ok({ value });
  const options = Object.entries({ ...query, $skiptoken: next }).map(
    ([name, said]) => `${name}=${encodeURIComponent(String(said))}`,
  );
  return ok({ value, '@odata.nextLink': `${root}/allot/v1${path}?${options.join('&')}` });
}

export const unknownPage = (): ApiError =>
  badRequest('$skiptoken is none of this list.', 'Follow @odata.nextLink as it was answered, or begin without it.');
