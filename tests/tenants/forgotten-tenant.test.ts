import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { apiRoutes } from '../../packages/server/src/api/index.ts';
import { graphRoutes } from '../../packages/server/src/graph/index.ts';
import { testServer } from '../server.ts';
import { anotherTenant, done, e3, fillTenant, type Headers, settled } from './filled-tenant.ts';

/*
 * Every statement that says `tenant_id = $n` is sent without, as if whoever wrote it had forgotten: each request answers as before,
 * and changes nothing of others, since PostgreSQL itself keeps tenants apart.
 */

const server = await testServer({ after });
const first = { authorization: `Bearer ${await server.token()}` };
const { headers: second } = await anotherTenant(server, 'Second');
const ids = await fillTenant(server, 'First', first);
const idsOfSecond = await fillTenant(server, 'Second', second);
ids.set(
  'directoryAudits',
  (await done(server, 'GET', '/v1.0/auditLogs/directoryAudits?$top=1', undefined, first)).value[0].id,
);
ids.set('subscribedSkus', `${server.tenantId}_${e3}`);
ids.set('organization', server.tenantId);

/** Statements sent without their tenant. */
let forgotten = 0;
const namesItsTenant = /(?:\b\w+\.)?\btenant_id = (\$\d+)(?!\d)(?:::uuid)?/g;

/** What all connections of this process have in common: those of the server, its workers, and this test. */
const lent = await server.database.pool.connect();
const connections: { query: Query } = Object.getPrototypeOf(lent);
lent.release();
type Query = (this: unknown, statement: string | { text: string }, ...rest: unknown[]) => unknown;

/** While `run` runs, no statement of this process says which tenant's rows it wants. */
async function forgettingTenants<T>(run: () => Promise<T>): Promise<T> {
  const { query } = connections;
  const forget = (text: string): string =>
    text.replaceAll(namesItsTenant, (_, parameter: string) => {
      forgotten += 1;
      return `${parameter}::uuid is not null`;
    });
  connections.query = function (statement, ...rest) {
    const asked =
      typeof statement === 'string' ? forget(statement) : Object.assign(statement, { text: forget(statement.text) });
    return query.call(this, asked, ...rest);
  };
  try {
    return await run();
  } finally {
    connections.query = query;
  }
}

/** Everything that can be read of a tenant, by path. What time alone changes is left out. */
async function everythingRead(headers: Headers, of: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const { method, path } of [...graphRoutes, ...apiRoutes]) {
    const [, kind = ''] = /\/([A-Za-z]+)\/:id/.exec(path) ?? [];
    const id = of.get(kind);
    if (method !== 'GET' || path.endsWith('/check') || (path.includes('/:') && id === undefined)) continue;
    const asked = path.replace(':id', id ?? '').replace(':memberId', of.get('users') ?? '');
    const answer = await server.call('GET', asked, undefined, { ...headers, consistencylevel: 'eventual' });
    const ofRequest = /"(?:request-id|client-request-id|date|at|position)":"[^"]*"|deltatoken=[^"]*/g;
    answers.set(asked, `${answer.status} ${JSON.stringify(answer.body).replaceAll(ofRequest, '')}`);
  }
  return answers;
}

test('the same statements show rows of other tenants to whom no policy holds: what is taken out does matter', async () => {
  const count = `select from allot.directory_user where tenant_id = $1`;
  const rows = () => server.database.pool.query(count, [server.tenantId]);
  assert.equal((await rows()).rowCount, 3);
  assert.equal((await forgettingTenants(rows)).rowCount, 6);
});

test('no request shows anything of another tenant when its statements forget their tenant', async () => {
  const before = await everythingRead(first, ids);
  forgotten = 0;
  const answers = await forgettingTenants(() => everythingRead(first, ids));
  assert.ok(before.size > 80, `only ${before.size} requests`);
  assert.ok(forgotten > before.size, `only ${forgotten} times`);
  for (const [path, answer] of before) assert.equal(answers.get(path), answer, path);
  assert.doesNotMatch([...answers.values()].join('\n'), /of Second|second\.example/);
});

test('no request changes anything of another tenant when its statements forget their tenant', async () => {
  const before = await everythingRead(second, idsOfSecond);
  const path = (kind: string) => `/v1.0/${kind}/${ids.get(kind)}`;
  await forgettingTenants(async () => {
    const changes: [string, string, unknown?][] = [
      ['PATCH', '/allot/v1/settings', { defaultUsageLocation: 'DE', autoResolve: true, auditRetention: 'P1Y' }],
      ['PATCH', path('users'), { displayName: 'Changed', department: 'Research' }],
      ['PATCH', path('groups'), { displayName: 'Changed' }],
      ['PATCH', `/allot/v1/subscriptions/${ids.get('subscriptions')}`, { units: 9 }],
      ['POST', `/v1.0/directory/deletedItems/${ids.get('deletedItems')}/restore`],
      ['POST', `${path('groups')}/assignLicense`, { addLicenses: [], removeLicenses: [e3] }],
      ['DELETE', `${path('groups')}/members/${ids.get('users')}/$ref`],
      ['DELETE', path('users')],
    ];
    for (const [method, asked, body] of changes) {
      await done(server, method, asked, body, first);
      await settled(server, first);
    }
  });
  const answers = await everythingRead(second, idsOfSecond);
  for (const [asked, answer] of before) assert.equal(answers.get(asked), answer, asked);
  assert.equal((await done(server, 'GET', path('groups'), undefined, first)).displayName, 'Changed');
});
