import { badRequest } from '@allot/contract';
import type { RouteRequest } from '../http/index.ts';

/** `?name=true`; false when it is left out. @throws ApiError 400 */
export function readFlag({ query }: RouteRequest, name: string): boolean {
  const sent = query.get(name)?.toLowerCase() ?? 'false';
  if (sent === 'true' || sent === 'false') return sent === 'true';
  throw badRequest(`${name} must be true or false.`, `Write ${name}=true, or leave it out.`);
}
