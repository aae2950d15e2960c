import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as openSocket, createServer, type Server, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { connect } from '@allot/store';
import { createApp, defaultLimits, registerRoutes } from '../../packages/server/src/http/index.ts';
import { graphRoutes } from '../../packages/server/src/graph/index.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { createOutgoing } from '../../packages/server/src/outgoing/outgoing.ts';
import { registerSignIn } from '../../packages/server/src/sign-in/index.ts';
import { silentLog } from '../database.ts';
import { newUser, startGraph } from './graph-server.ts';

/** A line to the database that can be cut. */
class Line {
  readonly #sockets = new Set<Socket>();
  readonly #to: { readonly path: string } | { readonly host: string; readonly port: number };
  #server: Server | undefined;
  #port = 0;

  constructor(databaseUrl: string) {
    const url = new URL(databaseUrl);
    const directory = url.searchParams.get('host') ?? decodeURIComponent(url.hostname);
    const port = Number(url.port === '' ? '5432' : url.port);
    this.#to = directory.startsWith('/') ? { path: `${directory}/.s.PGSQL.${port}` } : { host: directory, port };
  }

  async open(): Promise<number> {
    this.#server = createServer((inner) => {
      const outer = openSocket(this.#to);
      for (const [from, to] of [
        [inner, outer],
        [outer, inner],
      ] as const) {
        this.#sockets.add(from);
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => to.destroy());
      }
    });
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : 0;
    return this.#port;
  }

  async cut(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    this.#server?.close();
    if (this.#server !== undefined) await once(this.#server, 'close');
  }
}

const graph = await startGraph({ after });
const direct = new URL(graph.databaseUrl);
const line = new Line(graph.databaseUrl);
const port = await line.open();
const proxied = new URL(`postgresql://127.0.0.1:${port}${direct.pathname}`);
proxied.username = direct.username === '' ? (direct.searchParams.get('user') ?? '') : direct.username;
proxied.password = direct.password === '' ? (direct.searchParams.get('password') ?? '') : direct.password;

test('a database that goes away is 503 with advice, nothing is half done, and all is well when it is back', async () => {
  const database = await connect({
    databaseUrl: proxied.href,
    poolSizeMax: 2,
    applicationName: 'allot tests',
    log: silentLog,
  });
  const app = createApp({ log: createLog('silent'), limits: defaultLimits, isReady: () => true });
  const baseUrl = 'http://licenses.example';
  const { verifyToken } = registerSignIn(app, { db: database.db, baseUrl, log: silentLog });
  const outgoing = createOutgoing({ allowPrivate: false });
  registerRoutes(app, { routes: graphRoutes, verifyToken, db: database.db, baseUrl, outgoing });
  const headers = { host: 'licenses.example', ...(await graph.authorization(['User.ReadWrite.All'])) };
  const list = () => app.inject({ method: 'GET', url: '/v1.0/users', headers });
  const create = () => app.inject({ method: 'POST', url: '/v1.0/users', headers, payload: newUser() });
  try {
    assert.equal((await list()).statusCode, 200);
    assert.equal((await create()).statusCode, 201);
    await line.cut();
    for (const answer of [await list(), await create(), await create()]) {
      assert.equal(answer.statusCode, 503, answer.body);
      assert.equal(answer.headers['retry-after'], '5');
      const { error } = answer.json<{ error: { code: string; message: string } }>();
      assert.equal(error.code, 'ServiceUnavailable');
      assert.match(error.message, /nothing was changed/i);
    }
    await line.open();
    const back = await list();
    assert.equal(back.statusCode, 200);
    assert.equal(back.json<{ value: unknown[] }>().value.length, 1);
    assert.equal((await create()).statusCode, 201);
  } finally {
    await app.close();
    await database.close();
    await line.cut();
  }
});
