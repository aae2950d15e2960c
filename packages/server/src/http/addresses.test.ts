import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rewriteUrl } from './rewrite-url.ts';
import { rootOf } from './root-of.ts';
import { unknownSegment } from './unknown-segment.ts';

const rewritten: readonly (readonly [string, string])[] = [
  ['/v1.0/users', '/v1.0/users'],
  ["/v1.0/users('a')", '/v1.0/users/a'],
  ["/v1.0/users('a')/memberOf?$filter=x('y')", "/v1.0/users/a/memberOf?$filter=x('y')"],
  ['/v1.0/users(%27a%27)/memberOf', '/v1.0/users/a/memberOf'],
  ["/v1.0/users(userPrincipalName='a@b.c')", '/v1.0/users/a@b.c'],
  ["/v1.0/users%28userPrincipalName%3D'a@b.c'%29", '/v1.0/users/a@b.c'],
  ["/v1.0/users('o''neil@b.c')", "/v1.0/users/o'neil@b.c"],
  ["/v1.0/groups('a')/members('b')/%24ref", '/v1.0/groups/a/members/b/$ref'],
  ["/v1.0/groups(uniqueName='a')", '/v1.0/groups/uniqueName=a'],
  ["/v1.0/groups/(uniqueName='a')", '/v1.0/groups/uniqueName=a'],
  ['/v1.0/groups/a/members/graph.user/$count', '/v1.0/groups/a/members/microsoft.graph.user/$count'],
  ['/v1.0/groups/a/members/Graph.User?$top=1', '/v1.0/groups/a/members/microsoft.graph.User?$top=1'],
  ["/v1.0/users('a/b')", "/v1.0/users('a/b')"],
  ["/v1.0/users/o'neil@b.c", "/v1.0/users/o'neil@b.c"],
  ['/v1.0/users/a%2Fb', '/v1.0/users/a%2Fb'],
];
for (const [from, to] of rewritten) {
  test(`${from} is routed as ${to}`, () => {
    assert.equal(rewriteUrl(from), to);
  });
}

const configured = 'https://licenses.example/allot/';
const roots: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
  [{ host: '127.0.0.1:4000' }, 'http://127.0.0.1:4000/allot'],
  [{ host: '[::1]:4000' }, 'http://[::1]:4000/allot'],
  [{}, 'https://licenses.example/allot'],
  [{ host: 'a b' }, 'https://licenses.example/allot'],
  [{ host: 'x"/><script>' }, 'https://licenses.example/allot'],
  [{ host: 'inner', forwarded: 'host=outer.example' }, 'https://outer.example/allot'],
  [
    { host: 'inner', forwarded: 'For="[::1]";Host="outer.example:444";Proto=HTTPS, host=next' },
    'https://outer.example:444/allot',
  ],
  [
    { host: 'inner', 'x-forwarded-host': 'outer.example, next', 'x-forwarded-proto': 'http' },
    'http://outer.example/allot',
  ],
  [{ host: 'inner', 'x-forwarded-proto': 'https' }, 'https://inner/allot'],
  [{ host: 'inner', 'x-forwarded-proto': 'javascript' }, 'http://inner/allot'],
];
for (const [headers, root] of roots) {
  test(`links of a request with ${JSON.stringify(headers)} begin with ${root}`, () => {
    assert.equal(rootOf({ headers, protocol: 'http' }, configured), root);
  });
}

test('the part of a path that is not known is the first after what some route shares', () => {
  const routes = ['/health', '/v1.0/users', '/v1.0/users/:id/memberOf', '/:tenant/oauth2/v2.0/token'];
  const asked: readonly (readonly [string, string])[] = [
    ['/v1.0/devices', 'devices'],
    ['/V1.0/Users/x/drives/y', 'drives'],
    ['/v1.0/users/x/memberOf/y', 'y'],
    ['/v1.0', 'v1.0'],
    ['/', ''],
  ];
  for (const [path, segment] of asked) assert.equal(unknownSegment(path, routes), segment, path);
});
