import type { Route, RouteDescription } from '../http/index.ts';

/** A row of the table of the own API. */
export function row(
  method: Route['method'],
  path: string,
  permissions: Route['permissions'],
  handle: Route['handle'],
  describe: RouteDescription,
): Route {
  return { method, path: `/allot/v1${path}`, permissions, handle, describe };
}
