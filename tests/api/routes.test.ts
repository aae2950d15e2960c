import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { apiRoutes } from '../../packages/server/src/api/index.ts';
import { applicationPermissions } from '../../packages/server/src/sign-in/permission-names.ts';
import { startApi } from './api-server.ts';
import { at } from './json.ts';

const server = await startApi({ after });

/** Who has exactly one permission, for each permission there is. */
const authorizations = new Map<string, { readonly authorization: string }>();
for (const permission of applicationPermissions)
  authorizations.set(permission, await server.authorization([permission]));

const nobody = '99999999-9999-4999-8999-999999999999';

for (const { method, path, permissions } of apiRoutes) {
  test(`${method} ${path} is closed to strangers and opens to exactly its ${permissions.length} permissions`, async () => {
    const concrete = path.replaceAll(/:\w+/g, nobody);
    // Refused when it comes to be read: this is about who may ask.
    const body = method === 'GET' || method === 'DELETE' ? undefined : { nothing: true };
    const stranger = await server.call(method, concrete, body, { authorization: '' });
    assert.equal(stranger.status, 401);
    assert.ok(permissions.length > 0);
    for (const [permission, authorization] of authorizations) {
      const { status } = await server.call(method, concrete, body, authorization);
      const may = permissions.some((one) => one === permission);
      assert.equal(status === 403, !may, `${permission}: ${status}`);
      assert.notEqual(status, 500);
    }
  });
}

test('a file is taken by imports only, and imports take nothing but files', async () => {
  const csv = { 'content-type': 'text/csv' };
  assert.equal((await server.call('POST', '/allot/v1/subscriptions', 'a,b', csv)).status, 415);
  assert.equal((await server.call('POST', '/v1.0/users', 'a,b', csv)).status, 415);
  assert.equal((await server.call('POST', '/allot/v1/imports/users', { displayName: 'Ann' })).status, 415);
});

test('the OpenAPI document is read without a token', async () => {
  const { status, body } = await server.call('GET', '/allot/v1/openapi.json', undefined, { authorization: '' });
  assert.deepEqual([status, at(body, 'openapi'), at(body, 'info', 'title')], [200, '3.1.0', 'Allot']);
  assert.equal((await server.call('PUT', '/allot/v1/openapi.json', {})).status, 405);
});

test('paths of the own API compare without case, and a wrong method is told with the right ones', async () => {
  assert.equal((await server.call('GET', '/ALLOT/V1/Settings')).status, 200);
  const answer = await server.call('DELETE', '/allot/v1/settings');
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.get('allow'), 'GET, PATCH');
});
