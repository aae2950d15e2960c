import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { createOutgoing } from '../../packages/server/src/outgoing/outgoing.ts';
import { startNotifier } from '../../packages/server/src/workers/notify.ts';
import { silentLog } from '../database.ts';
import { addSeats, skus } from '../licensing/tenant.ts';
import { createdId, itemsOf, newGroup, newUser, startGraph, textOf, textsOf } from './graph-server.ts';
import { startReceiver } from './receiver.ts';

const graph = await startGraph({ after });
const outgoing = createOutgoing({ allowPrivate: true });
const receiver = await startReceiver();
let notifier = startNotifier(graph.ctx.db, outgoing, silentLog);
graph.database.beforeClose(async () => {
  await notifier.stop();
  await receiver.close();
});

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const wanted = (resource: string, more: object = {}) => ({
  changeType: 'updated,deleted',
  notificationUrl: `${receiver.url}/${resource.split('/').at(1)}`,
  resource,
  expirationDateTime: inMinutes(60),
  clientState: 'secret',
  ...more,
});
const subscribe = (resource: string, more: object = {}) =>
  createdId(graph, '/v1.0/subscriptions', wanted(resource, more));
const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
const done = async (status: number, method: 'PATCH' | 'POST' | 'DELETE', path: string, body?: object) => {
  const answer = await graph.call(method, path, body);
  assert.equal(answer.status, status, JSON.stringify(answer.body));
};
const about = (subscriptionId: string) => (item: Readonly<Record<string, unknown>>) =>
  item['subscriptionId'] === subscriptionId;

test('a change is told once it is made, whoever makes it, and nothing else is', async () => {
  const user = await createdId(graph, '/v1.0/users', newUser({ usageLocation: 'CH' }));
  const id = await subscribe('/users');
  await assert.rejects(
    graph.ctx.db.transaction().execute(async (trx) => {
      await sql`update allot.directory_user set city = 'Never' where tenant_id = ${graph.ctx.tenantId}`.execute(trx);
      throw new Error('taken back');
    }),
  );
  await done(204, 'PATCH', `/v1.0/users/${user}`, { city: 'Bern' });
  const [first] = await receiver.until((items) => items.some(about(id)));
  assert.deepEqual(first, {
    subscriptionId: id,
    subscriptionExpirationDateTime: first?.['subscriptionExpirationDateTime'],
    clientState: 'secret',
    tenantId: graph.ctx.tenantId,
    changeType: 'updated',
    resource: `Users/${user}`,
    resourceData: {
      '@odata.type': '#Microsoft.Graph.User',
      '@odata.id': `Users/${user}`,
      id: user,
      organizationId: graph.ctx.tenantId,
    },
  });
  await addSeats(graph.ctx, skus.e3, 5);
  await done(200, 'POST', `/v1.0/users/${user}/assignLicense`, {
    addLicenses: [{ skuId: skus.e3, disabledPlans: [] }],
    removeLicenses: [],
  });
  await receiver.until((items) => items.filter(about(id)).length >= 2);
  await done(204, 'DELETE', `/v1.0/users/${user}`);
  const all = await receiver.until((items) =>
    items.some((item) => about(id)(item) && item['changeType'] === 'deleted'),
  );
  assert.ok(all.filter(about(id)).every(({ resource }) => resource === `Users/${user}`));
  await done(204, 'DELETE', `/v1.0/subscriptions/${id}`);
});

test('groups: one group, its members, who came and who went', async () => {
  const [group, other, user] = [
    await createdId(graph, '/v1.0/groups', newGroup()),
    await createdId(graph, '/v1.0/groups', newGroup()),
    await createdId(graph, '/v1.0/users', newUser()),
  ];
  const [one, members] = [await subscribe(`/groups/${group}`), await subscribe(`groups('${group}')/members`)];
  await done(204, 'PATCH', `/v1.0/groups/${other}`, { displayName: 'Not asked for' });
  await done(204, 'PATCH', `/v1.0/groups/${group}`, { displayName: 'Renamed' });
  await receiver.until((items) => items.some(about(one)));
  await done(204, 'POST', `/v1.0/groups/${group}/members/$ref`, reference(user));
  const joined = await receiver.until((items) => items.some(about(members)));
  const dataOf = (items: typeof joined) => items.filter(about(members)).map((item) => item['resourceData']);
  const group_ = {
    '@odata.type': '#Microsoft.Graph.Group',
    '@odata.id': `Groups/${group}`,
    id: group,
    organizationId: graph.ctx.tenantId,
  };
  assert.deepEqual(dataOf(joined), [{ ...group_, 'members@delta': [{ id: user }] }]);
  await done(204, 'DELETE', `/v1.0/groups/${group}/members/${user}/$ref`);
  const left = await receiver.until((items) => items.filter(about(members)).length === 2);
  assert.deepEqual(dataOf(left)[1], { ...group_, 'members@delta': [{ id: user, '@removed': 'deleted' }] });
  assert.ok(left.filter(about(one)).every(({ resource }) => resource === `Groups/${group}`));
});

test('what an address does not take is tried again, also by a worker that starts later', async () => {
  const user = await createdId(graph, '/v1.0/users', newUser());
  const id = await subscribe(`/users/${user}`);
  const due = () =>
    sql`update allot.change_notification set due_at = now() where tenant_id = ${graph.ctx.tenantId}`.execute(
      graph.ctx.db,
    );
  receiver.answerWith(503);
  const before = receiver.asked;
  await done(204, 'PATCH', `/v1.0/users/${user}`, { city: 'Chur' });
  while (receiver.asked === before) await receiver.until(() => true).then(() => new Promise(setImmediate));
  await notifier.stop();
  receiver.answerWith(202);
  await due();
  notifier = startNotifier(graph.ctx.db, outgoing, silentLog);
  const items = await receiver.until((all) => all.some(about(id)));
  assert.equal(items.filter(about(id)).length, 1, 'and told once');

  // Nobody answers; the worker is stopped in the middle, and nothing is lost.
  receiver.answerWith(undefined);
  const asked = receiver.asked;
  await done(204, 'PATCH', `/v1.0/users/${user}`, { city: 'Davos' });
  while (receiver.asked === asked) await new Promise(setImmediate);
  await notifier.stop();
  receiver.answerWith(202);
  await due();
  notifier = startNotifier(graph.ctx.db, outgoing, silentLog);
  await receiver.until((all) => all.filter(about(id)).length === 2);
});

test('what happens while no worker runs is told by the next one', async () => {
  const user = await createdId(graph, '/v1.0/users', newUser());
  const id = await subscribe(`/users/${user}`, { changeType: 'deleted' });
  await notifier.stop();
  await done(204, 'PATCH', `/v1.0/users/${user}`, { city: 'Not asked for' });
  await done(204, 'DELETE', `/v1.0/users/${user}`);
  notifier = startNotifier(graph.ctx.db, outgoing, silentLog);
  const items = await receiver.until((all) => all.some(about(id)));
  assert.deepEqual(
    items.filter(about(id)).map(({ changeType }) => changeType),
    ['deleted'],
  );
});

test('changes that are too old to be told are said to be missed, and an expired subscription is gone', async () => {
  const lifecycle = `${receiver.url}/lifecycle`;
  const id = await subscribe('/users', { lifecycleNotificationUrl: lifecycle });
  const { tenantId } = graph.ctx;
  await sql`
    update allot.change_subscription set position_at = now() - interval '8 days' where tenant_id = ${tenantId} and id = ${id}
  `.execute(graph.ctx.db);
  await createdId(graph, '/v1.0/users', newUser());
  const items = await receiver.until((all) =>
    all.some((item) => about(id)(item) && item['lifecycleEvent'] === 'missed'),
  );
  assert.ok(receiver.messages.some(({ path }) => path === '/lifecycle'));
  assert.equal(items.find(about(id))?.['clientState'], 'secret');
  await sql`update allot.change_subscription set expires_at = now() where tenant_id = ${tenantId} and id = ${id}`.execute(
    graph.ctx.db,
  );
  assert.equal((await graph.call('GET', `/v1.0/subscriptions/${id}`)).status, 404);
  for (let count = 1; count > 0; ) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from allot.change_subscription where tenant_id = ${tenantId} and id = ${id}
    `.execute(graph.ctx.db);
    count = rows[0]?.count ?? 0;
  }
});

test('a subscription is listed, renewed and deleted by the application that made it, and is nobody else’s', async () => {
  const id = await subscribe('/groups');
  const renewed = await graph.call('PATCH', `/v1.0/subscriptions/${id}`, { expirationDateTime: inMinutes(120) });
  assert.equal(renewed.status, 200);
  assert.ok(Date.parse(textOf(renewed.body['expirationDateTime'])) > Date.now() + 100 * 60_000);
  assert.equal((await graph.call('PATCH', `/v1.0/subscriptions/${id}`, { resource: '/users' })).status, 400);
  const listed = await graph.call('GET', '/v1.0/subscriptions');
  assert.ok(textsOf(listed.body['value'], 'id').includes(id));
  const another = await graph.authorization(['Directory.ReadWrite.All']);
  for (const method of ['GET', 'DELETE'] as const)
    assert.equal((await graph.call(method, `/v1.0/subscriptions/${id}`, undefined, another)).status, 404);
  assert.deepEqual(itemsOf((await graph.call('GET', '/v1.0/subscriptions', undefined, another)).body['value']), []);
  await done(204, 'DELETE', `/v1.0/subscriptions/${id}`);
  assert.equal((await graph.call('GET', `/v1.0/subscriptions/${id}`)).status, 404);
});

test('who may not read may not be told', async () => {
  const readers = await graph.authorization(['User.Read.All']);
  assert.equal((await graph.call('POST', '/v1.0/subscriptions', wanted('/groups'), readers)).status, 403);
});

test('an address that does not answer the handshake as it should is not told anything', async () => {
  for (const [validate, message] of [
    [(_: string, response) => response.end('another text'), /answered 200 and not the token/],
    [(token, response) => response.writeHead(201).end(token), /answered 201/],
    [(_, response) => response.writeHead(302, { location: receiver.url }).end(), /answered 302/],
    [(_, response) => response.destroy(), /did not answer/],
  ] satisfies [NonNullable<Parameters<typeof startReceiver>[0]>, RegExp][]) {
    const other = await startReceiver(validate);
    const answer = await graph.call('POST', '/v1.0/subscriptions', wanted('/users', { notificationUrl: other.url }));
    await other.close();
    assert.deepEqual([answer.status, answer.body['error']?.['code']], [400, 'ValidationError']);
    assert.match(textOf(answer.body['error']?.['innerError']?.['advice']), message);
  }
  const quoted = await startReceiver((token, response) =>
    response.setHeader('content-type', 'text/plain').end(`${token}\n`),
  );
  await createdId(graph, '/v1.0/subscriptions', wanted('/users', { notificationUrl: quoted.url }));
  await quoted.close();
});

test('a body that is not as it should be is refused by the name of what is wrong', async () => {
  for (const [more, name] of [
    [{ changeType: 'renamed' }, 'changeType'],
    [{ changeType: undefined }, 'changeType'],
    [{ resource: '/devices' }, 'resource'],
    [{ resource: '/users/me' }, 'resource'],
    [{ resource: '/groups/members' }, 'resource'],
    [{ notificationUrl: 'nowhere' }, 'notificationUrl'],
    [{ lifecycleNotificationUrl: 5 }, 'lifecycleNotificationUrl'],
    [{ expirationDateTime: inMinutes(-1) }, 'expirationDateTime'],
    [{ expirationDateTime: inMinutes(41_800) }, 'expirationDateTime'],
    [{ expirationDateTime: 'soon' }, 'expirationDateTime'],
    [{ clientState: 'x'.repeat(129) }, 'clientState'],
    [{ includeResourceData: true }, 'includeResourceData'],
  ] as const) {
    const { status, body } = await graph.call('POST', '/v1.0/subscriptions', wanted('/users', more));
    assert.equal(status, 400, name);
    assert.match(textOf(body['error']?.['message']), new RegExp(`'${name}'`));
  }
});

test('an application has at most a hundred subscriptions', async () => {
  const mine = await graph.authorization(['User.Read.All']);
  for (let index = 0; index < 100; index += 1)
    assert.equal((await graph.call('POST', '/v1.0/subscriptions', wanted('/users'), mine)).status, 201);
  const { status, body } = await graph.call('POST', '/v1.0/subscriptions', wanted('/users'), mine);
  assert.equal(status, 403);
  assert.match(textOf(body['error']?.['innerError']?.['advice']), /at most 100 subscriptions/);
});
