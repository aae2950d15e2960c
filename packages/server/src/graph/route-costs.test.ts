import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphRoutes } from './routes.ts';

/** All routes under /v1.0 with this cost, without their namespaces, each once; /me costs what /users/:id does. */
const routesWith = (matches: (cost: { resourceUnits: number; writes: number }) => boolean) => [
  ...new Set(
    graphRoutes
      .filter(({ path, cost }) => path.startsWith('/v1.0') && !path.startsWith('/v1.0/me') && cost && matches(cost))
      .map(({ method, path }) => `${method} ${path.replace(/^\/v1\.0/, '').replace(/microsoft\.graph\./, '')}`),
  ),
];

test('routes that cost more than one unit are those that Graph documents', () => {
  assert.deepEqual(
    routesWith(({ resourceUnits }) => resourceUnits === 5),
    [
      'GET /groups/:id/transitiveMembers',
      'GET /groups/:id/transitiveMembers/user',
      'GET /groups/:id/transitiveMembers/group',
    ],
  );
  const kinds = ['users', 'groups', 'directoryObjects'];
  assert.deepEqual(
    routesWith(({ resourceUnits }) => resourceUnits === 4),
    kinds.flatMap((kind) => [`POST /${kind}/:id/checkMemberGroups`, `POST /${kind}/:id/checkMemberObjects`]),
  );
  assert.deepEqual(
    routesWith(({ resourceUnits }) => resourceUnits === 3).toSorted(),
    [
      'GET /subscribedSkus',
      'GET /groups/:id/members',
      'GET /groups/:id/members/user',
      'GET /groups/:id/members/group',
      'POST /directoryObjects/getByIds',
    ].toSorted(),
  );
  assert.deepEqual(
    routesWith(({ resourceUnits }) => resourceUnits === 2).toSorted(),
    [
      'GET /users',
      'GET /users/:id/licenseDetails',
      ...['users', 'groups'].flatMap((kind) =>
        ['memberOf', 'transitiveMemberOf'].flatMap((list) => [
          `GET /${kind}/:id/${list}`,
          `GET /${kind}/:id/${list}/group`,
        ]),
      ),
      ...kinds.flatMap((kind) => [`POST /${kind}/:id/getMemberGroups`, `POST /${kind}/:id/getMemberObjects`]),
    ].toSorted(),
  );
});

test('every route but $batch costs something, and is a change unless it is a question', () => {
  assert.deepEqual(
    graphRoutes.filter(({ cost }) => cost === undefined).map(({ path }) => path),
    ['/v1.0/$batch', '/beta/$batch'],
  );
  const asked = graphRoutes.filter(({ method, cost }) => method !== 'GET' && cost?.writes === 0);
  assert.deepEqual([...new Set(asked.map(({ path }) => path.replace(/^.*\/(microsoft\.graph\.)?/, '')))].toSorted(), [
    'checkMemberGroups',
    'checkMemberObjects',
    'evaluateDynamicMembership',
    'getByIds',
    'getMemberGroups',
    'getMemberObjects',
    'validateProperties',
  ]);
  assert.ok(graphRoutes.every(({ method, cost }) => method !== 'GET' || cost?.writes === 0));
});
