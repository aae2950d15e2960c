import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import type { ChangeOptions, Shown } from '../operations/catalogue/catalogue-change.ts';
import { readFlag } from './query-flag.ts';

/** `?dryRun=&preview=` (L-21). @throws ApiError 400 */
export const changeOptions = (request: RouteRequest): ChangeOptions => ({
  dryRun: readFlag(request, 'dryRun'),
  preview: request.query.get('preview'),
});

/** What is there now; of a dry run, what the change would do (L-21). */
export function answerChange(
  request: RouteRequest,
  { shown }: Shown<unknown>,
  now: object,
  created: boolean,
): RouteAnswer {
  if (readFlag(request, 'dryRun')) return ok(shown);
  return { status: created ? 201 : 200, body: now };
}
