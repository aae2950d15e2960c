import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { createApp, defaultLimits, ok, one, registerRoutes } from '../../packages/server/src/http/index.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { createOutgoing } from '../../packages/server/src/outgoing/outgoing.ts';
import { testDatabase } from '../database.ts';

const database = await testDatabase({ after });

/** A server with one route that answers when nobody needs to wait any more, and never before. */
async function waitingServer() {
  const asked = Promise.withResolvers<undefined>();
  const ended = Promise.withResolvers<undefined>();
  const app = createApp({ log: createLog('silent'), limits: defaultLimits, isReady: () => true });
  registerRoutes(app, {
    db: database.db,
    baseUrl: 'http://licenses.example',
    outgoing: createOutgoing({ allowPrivate: false }),
    verifyToken: async () => ({
      kind: 'application',
      tenantId: randomUUID(),
      appId: randomUUID(),
      displayName: 'Test',
      permissions: new Set(['User.Read.All']),
    }),
    routes: [
      {
        method: 'GET',
        path: '/allot/v1/wait',
        permissions: ['User.Read.All'],
        describe: { operation: 'wait', summary: 'Waits', answers: { 200: one('text') } },
        handle: async (request) => {
          const signal = request.ended();
          asked.resolve(undefined);
          await new Promise((done) => signal.addEventListener('abort', done));
          ended.resolve(undefined);
          return ok({ waited: true });
        },
      },
    ],
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo; // it listens on a port
  return { app, address: `http://127.0.0.1:${port}/allot/v1/wait`, asked: asked.promise, ended: ended.promise };
}

test('whoever waits for an answer gets it when the server stops', async () => {
  const { app, address, asked } = await waitingServer();
  const answer = fetch(address);
  await asked;
  await app.close();
  assert.deepEqual(await (await answer).json(), { waited: true });
});

test('nothing waits on for a client that has gone', async () => {
  const { app, address, asked, ended } = await waitingServer();
  const client = new AbortController();
  const answer = fetch(address, { signal: client.signal });
  await asked;
  client.abort();
  await assert.rejects(answer);
  await ended;
  await app.close();
});
