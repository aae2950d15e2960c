import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { graphRoutes } from '../../packages/server/src/graph/index.ts';
import { applicationPermissions } from '../../packages/server/src/sign-in/permission-names.ts';
import { startGraph } from './graph-server.ts';

const graph = await startGraph({ after });

/** Who has exactly one permission, for each permission there is. */
const authorizations = new Map<string, { readonly authorization: string }>();
for (const permission of applicationPermissions)
  authorizations.set(permission, await graph.authorization([permission]));

const nobody = '99999999-9999-4999-8999-999999999999';
const concrete = (path: string) => path.replaceAll(/:\w+/g, nobody);

for (const { method, path, permissions } of graphRoutes) {
  test(`${method} ${path} is closed to strangers and opens to exactly its ${permissions.length} permissions`, async () => {
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};
    const stranger = await graph.call(method, concrete(path), body, { authorization: '' });
    assert.equal(stranger.status, 401);
    assert.equal(stranger.body['error']?.['code'], 'InvalidAuthenticationToken');
    assert.ok(stranger.headers['www-authenticate']);
    assert.ok(permissions.length > 0);
    for (const [permission, authorization] of authorizations) {
      const { status, body: answer } = await graph.call(method, concrete(path), body, authorization);
      const may = permissions.some((one) => one === permission);
      assert.equal(status === 403, !may, `${permission}: ${status}`);
      assert.notEqual(status, 500);
      if (may) continue;
      assert.equal(answer['error']?.['code'], 'Authorization_RequestDenied');
      assert.equal(answer['error']?.['message'], 'Insufficient privileges to complete the operation.');
      assert.equal(answer['error']?.['details']?.[0]?.['target'], permissions[0]);
    }
  });
}

test('no two rows of the table are the same', () => {
  const rows = graphRoutes.map(({ method, path }) => `${method} ${path.toLowerCase()}`);
  assert.equal(new Set(rows).size, rows.length);
});
