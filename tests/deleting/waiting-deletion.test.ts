import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSeats, skus } from '../licensing/tenant.ts';
import { createdId, newGroup, newUser, startGraph } from '../graph/graph-server.ts';

test('a group that waited, was deleted by a second request and restored is not deleted again by the first', async (t) => {
  const graph = await startGraph(t);
  await addSeats(graph.ctx, skus.e1, 5);
  await graph.database.pool.query(`update allot.tenant set on_group_delete = 'error'`);
  const mail = 'shared@test.example';
  const [one, two] = [
    await createdId(graph, '/v1.0/users', newUser({ usageLocation: 'US' })),
    await createdId(graph, '/v1.0/users', newUser({ mail })),
  ];
  const members = { 'members@odata.bind': [`https://graph.microsoft.com/v1.0/directoryObjects/${one}`] };
  const groupId = await createdId(graph, '/v1.0/groups', newGroup(members));
  const ask = async (status: number, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
    assert.equal((await graph.call(method, `/v1.0/${path}`, body)).status, status, `${method} ${path}`);
  const license = { addLicenses: [{ skuId: skus.e1, disabledPlans: [] }], removeLicenses: [] };
  await ask(202, 'POST', `groups/${groupId}/assignLicense`, license);
  await graph.settle();
  await ask(204, 'PATCH', `users/${one}`, { mail });
  await graph.settle();
  await ask(202, 'DELETE', `groups/${groupId}?removeLicenses=true`);
  await graph.settle();
  await ask(200, 'GET', `groups/${groupId}`);
  // The mailbox that could not go goes in the call, before a worker looks at the group again.
  await ask(204, 'DELETE', `users/${two}`);
  await ask(200, 'POST', `users/${one}/reprocessLicenseAssignment`);
  await ask(204, 'DELETE', `groups/${groupId}`);
  await ask(404, 'GET', `groups/${groupId}`);
  await ask(200, 'POST', `directory/deletedItems/${groupId}/restore`);
  await graph.settle();
  await ask(200, 'GET', `groups/${groupId}`);
});
