import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createLog } from '../log.ts';
import { createApp } from './create-app.ts';
import { defaultLimits } from './limits.ts';

test('who is answered while the server closes is told to connect anew, so that nobody waits for the connection', async () => {
  const app = createApp({ log: createLog('silent'), limits: defaultLimits, isReady: () => true });
  const { promise: asked, resolve: ask } = Promise.withResolvers<undefined>();
  const { promise: answered, resolve: answer } = Promise.withResolvers<undefined>();
  const { promise: closing, resolve: close } = Promise.withResolvers<undefined>();
  app.addHook('preClose', async () => close(undefined));
  app.get('/slow', async () => {
    ask(undefined);
    await answered;
    return { done: true };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo; // it listens on a port
  const agent = new Agent({ keepAlive: true });
  const connection = new Promise<string | undefined>((resolve, reject) => {
    const sent = request({ port, path: '/slow', agent }, (response) => {
      response.resume().on('end', () => resolve(response.headers.connection));
    });
    sent.on('error', reject).end();
  });
  await asked;
  const closed = app.close();
  await closing;
  answer(undefined);
  assert.equal(await connection, 'close');
  await closed;
  agent.destroy();
});
