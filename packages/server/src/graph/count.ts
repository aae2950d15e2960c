import { badRequest } from '@allot/contract';
import type { RouteRequest } from '../http/index.ts';
import { isEventual } from './query/options.ts';

/** `/$count` counts in Graph's second index, so it needs the header that asks for it. @throws ApiError 400 */
export function requireEventual(request: RouteRequest): void {
  if (isEventual(request)) return;
  throw badRequest('$count is not currently supported.', "Send the header 'ConsistencyLevel: eventual'.");
}
