import { notFound } from '@allot/contract';
import type { RouteRequest } from '../http/index.ts';
import { isGuid } from './fields.ts';

/** The id in the path, in lower case. @throws ApiError 404 when it is no GUID: nothing has such an id */
export function pathId(request: RouteRequest, name = 'id'): string {
  const id = request.param(name);
  if (!isGuid(id)) throw notFound(id.slice(0, 200));
  return id.toLowerCase();
}
