import type { Cost, Route } from '../http/index.ts';

/**
 * Resource units of routes, as Graph documents them; everything else costs one. Compared with the end of a path, without
 * the namespace that actions may have.
 */
const resourceUnits: readonly (readonly [RegExp, number])[] = [
  [/^GET \/users$/, 2],
  [/^GET \/groups\/:id\/members(\/microsoft\.graph\.\w+)?$/, 3],
  [/^GET \/groups\/:id\/transitiveMembers(\/microsoft\.graph\.\w+)?$/, 5],
  [/^GET \/subscribedSkus$/, 3],
  [/^GET \/users\/:id\/licenseDetails$/, 2],
  [/^GET \/(users|groups)\/:id\/(transitiveMemberOf|memberOf)(\/microsoft\.graph\.\w+)?$/, 2],
  [/^POST \/directoryObjects\/getByIds$/, 3],
  [/^POST \/\w+\/:id\/checkMember(Groups|Objects)$/, 4],
  [/^POST \/\w+\/:id\/getMember(Groups|Objects)$/, 2],
];

/** Questions that are asked with another method than GET: they change nothing. */
const questions =
  /^POST .*\/(checkMember(Groups|Objects)|getMember(Groups|Objects)|getByIds|validateProperties|evaluateDynamicMembership)$/;

/** What a route costs whoever asks it. @param path without the version */
export function costOf(method: Route['method'], path: string): Cost {
  const route = `${method} ${path}`.replace(/\/microsoft\.graph\.(?=\w+$)/, (namespace) =>
    method === 'POST' ? '/' : namespace,
  );
  const [, units = 1] = resourceUnits.find(([pattern]) => pattern.test(route)) ?? [];
  return { resourceUnits: units, writes: method === 'GET' || questions.test(route) ? 0 : 1 };
}
