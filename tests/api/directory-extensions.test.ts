import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expectStatus, startApi } from './api-server.ts';
import { createUser } from './directory.ts';

const server = await startApi({ after });

test('all directory extensions of a user are listed by name as they were first written, and none that was taken away', async () => {
  const app = 'extension_0123456789abcdef0123456789abcdef';
  const user = await createUser(server, { [`${app}_floor`]: 3, [`${app}_costCenter`]: 'A1', [`${app}_badge`]: true });
  const change = { [`${app}_COSTCENTER`]: 'B2', [`${app}_floor`]: null };
  await expectStatus(204, server.call('PATCH', `/v1.0/users/${user}`, change));
  const path = `/allot/v1/users/${user}/extensions`;
  assert.deepEqual((await expectStatus(200, server.call('GET', path)))['value'], [
    { name: `${app}_badge`, value: true },
    { name: `${app}_costCenter`, value: 'B2' },
  ]);
  const none = await createUser(server);
  assert.deepEqual((await expectStatus(200, server.call('GET', `/allot/v1/users/${none}/extensions`)))['value'], []);
  await expectStatus(404, server.call('GET', '/allot/v1/users/99999999-9999-4999-8999-999999999999/extensions'));
});
