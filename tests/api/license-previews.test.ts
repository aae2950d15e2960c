import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expectStatus, skus, startApi } from './api-server.ts';
import { createGroup, createUser, licenseGroup, seatsOf, statesOf } from './directory.ts';
import { at, listAt, pick, textAt } from './json.ts';

const server = await startApi({ after });
const post = (path: string, body: object) => server.call('POST', `/allot/v1${path}`, body);
const preview = (userIds: readonly string[], addLicenses: readonly object[], removeLicenses: readonly string[] = []) =>
  expectStatus(200, post('/users/licensing/preview', { userIds, addLicenses, removeLicenses }));
const assign = (user: string, addLicenses: readonly object[], removeLicenses: readonly string[] = []) =>
  server.call('POST', `/v1.0/users/${user}/assignLicense`, { addLicenses, removeLicenses });
const e1 = { skuId: skus.e1, disabledPlans: [] };
const e3 = { skuId: skus.e3, disabledPlans: [] };
const outcomes = (shown: unknown) =>
  listAt(shown, 'users').map((user) => `${textAt(user, 'displayName')} ${textAt(user, 'error')}`);

await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e1, units: 2 }));
await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', { skuId: skus.e3, units: 9 }));
const user = (displayName: string, values: object = {}) => createUser(server, { displayName, ...values });
const [ann, bob, cyd, dan, eve] = [
  await user('Ann'),
  await user('Bob'),
  await user('Cyd'),
  await user('Dan', { usageLocation: null }),
  await user('Eve'),
];

/** Does what was shown, and compares. */
async function doneAsShown(shown: unknown, add: readonly object[], remove: readonly string[] = []): Promise<void> {
  for (const one of listAt(shown, 'users')) {
    const { status } = await assign(textAt(one, 'id'), add, remove);
    assert.equal(status === 200, at(one, 'granted'), JSON.stringify(one));
  }
  for (const seats of listAt(shown, 'seats')) {
    const { consumed } = await seatsOf(server, textAt(seats, 'skuId'));
    assert.equal(consumed, at(seats, 'consumedAfter'), JSON.stringify(seats));
  }
}

test('a preview says for each user what assigning does, seats in the order of the calls, and nothing is changed', async () => {
  await expectStatus(200, assign(eve, [e3]));
  const before = await expectStatus(200, server.call('GET', '/allot/v1/summary'));
  const shown = await preview([ann, eve, dan, bob, cyd], [e1]);
  assert.deepEqual(await expectStatus(200, server.call('GET', '/allot/v1/summary')), before);
  assert.deepEqual(outcomes(shown), [
    'Ann None',
    'Eve MutuallyExclusiveViolation',
    'Dan Refused',
    'Bob None',
    'Cyd CountViolation',
  ]);
  assert.deepEqual(listAt(shown, 'seats'), [
    { skuId: skus.e1, skuPartNumber: 'STANDARDPACK', usable: 2, consumedBefore: 0, consumedAfter: 2 },
  ]);
  const [, conflict, unlocated, , seatless] = listAt(shown, 'users');
  assert.equal(at(conflict, 'skuId'), skus.e1);
  assert.match(textAt(conflict, 'sentence'), /cannot be assigned together/);
  assert.deepEqual(
    listAt(conflict, 'fixes').map((fix) => pick(fix, 'kind', 'skuId')),
    [
      { kind: 'disablePlans', skuId: skus.e1 },
      { kind: 'disablePlans', skuId: skus.e3 },
      { kind: 'removeDirectLicense', skuId: skus.e3 },
    ],
  );
  assert.match(textAt(unlocated, 'sentence'), /usage location/);
  assert.deepEqual(at(unlocated, 'fixes'), [{ kind: 'setUsageLocation', plans: [] }]);
  assert.deepEqual(at(seatless, 'fixes'), [{ kind: 'buySeats', skuId: skus.e1 }]);
  assert.equal(at(shown, 'effect', 'users'), 2);
  assert.deepEqual(
    listAt(shown, 'licenses').map((one) => pick(one, 'groupId', 'skuId', 'gaining', 'losing', 'inError')),
    [{ groupId: null, skuId: skus.e1, gaining: 2, losing: 0, inError: 0 }],
  );
  assert.deepEqual(at(shown, 'others'), { count: 0, users: [] });
  await doneAsShown(shown, [e1]);
});

test('a preview names who else gets a seat that becomes free, and errors that go', async () => {
  await licenseGroup(server, await createGroup(server, 'Waiting', [cyd]), skus.e1);
  assert.deepEqual(await statesOf(server, cyd), { 'STANDARDPACK Waiting': 'Error CountViolation' });
  const shown = await preview([ann], [], [skus.e1]);
  assert.deepEqual(outcomes(shown), ['Ann None']);
  assert.deepEqual(at(shown, 'others', 'count'), 1);
  assert.deepEqual(pick(at(shown, 'others', 'users', 0), 'id', 'displayName', 'gained', 'lost'), {
    id: cyd,
    displayName: 'Cyd',
    gained: [skus.e1],
    lost: [],
  });
  assert.deepEqual(
    listAt(shown, 'effect', 'errors').map((one) => pick(one, 'groupName', 'error', 'usersBefore', 'usersAfter')),
    [{ groupName: 'Waiting', error: 'CountViolation', usersBefore: 1, usersAfter: 0 }],
  );
  await doneAsShown(shown, [], [skus.e1]);
  assert.deepEqual(await statesOf(server, cyd), { 'STANDARDPACK Waiting': 'Active None' });
});

test('what is not direct is refused in a preview as in the call', async () => {
  const shown = await preview([cyd, bob], [], [skus.e1]);
  assert.deepEqual(outcomes(shown), ['Cyd Refused', 'Bob None']);
  assert.match(textAt(listAt(shown, 'users')[0], 'sentence'), /inherited from a group/);
  await doneAsShown(shown, [], [skus.e1]);
});

test('a preview that cannot be, says why', async () => {
  const license = { addLicenses: [e1], removeLicenses: [] };
  const nobody = '00000000-0000-4000-8000-000000000000';
  await expectStatus(404, post('/users/licensing/preview', { userIds: [ann, nobody], ...license }));
  await expectStatus(400, post('/users/licensing/preview', { userIds: [ann, ann], ...license }));
  await expectStatus(400, post('/users/licensing/preview', { userIds: [ann], addLicenses: [e1] }));
  const notOwned = { addLicenses: [{ skuId: skus.ems, disabledPlans: [] }], removeLicenses: [] };
  await expectStatus(400, post('/users/licensing/preview', { userIds: [ann], ...notOwned }));
  const many = Array.from({ length: 101 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
  await expectStatus(400, post('/users/licensing/preview', { userIds: many, ...license }));
});

test('a preview of a group says how many get the product, who would be in error and why, and seats of the product', async () => {
  const far = await user('Far');
  const group = await createGroup(server, 'Sales', [ann, eve, far]);
  await server.settle();
  // One seat is free.
  const body = { addLicenses: [e1], removeLicenses: [] };
  const shown = await expectStatus(200, post(`/groups/${group}/licensing/preview`, body));
  assert.deepEqual(listAt(shown, 'seats'), [
    { skuId: skus.e1, skuPartNumber: 'STANDARDPACK', usable: 2, consumedBefore: 1, consumedAfter: 2 },
  ]);
  const ofSales = { groupId: group, groupName: 'Sales', skuId: skus.e1, skuPartNumber: 'STANDARDPACK' };
  assert.deepEqual(listAt(shown, 'licenses'), [{ ...ofSales, gaining: 1, losing: 0, inError: 2 }]);
  const inError = listAt(shown, 'inError');
  assert.deepEqual(
    inError.map((one) => [
      pick(one, 'error', 'count'),
      listAt(one, 'sampleUsers').map((each) => at(each, 'displayName')),
    ]),
    [
      [{ error: 'CountViolation', count: 1 }, ['Far']],
      [{ error: 'MutuallyExclusiveViolation', count: 1 }, ['Eve']],
    ],
  );
  assert.match(textAt(inError[0], 'reason'), /No seat of Office 365 E1 is free; 1 users/);
  assert.match(textAt(inError[1], 'reason'), /in force through Office 365 E3 assigned directly/);
  assert.deepEqual(
    listAt(inError[0], 'fixes').map((fix) => at(fix, 'kind')),
    ['buySeats', 'removeFromGroup'],
  );

  await licenseGroup(server, group, skus.e1);
  const causes = listAt(await expectStatus(200, server.call('GET', `/allot/v1/groups/${group}/errors`)), 'value');
  const told = (one: unknown) => pick(one, 'error', 'skuId', 'count', 'reason', 'fixes');
  const byError = (one: unknown) => textAt(one, 'error');
  assert.deepEqual(
    causes.map(told).toSorted((a, b) => (byError(a) < byError(b) ? -1 : 1)),
    inError.map(told),
  );
  // Asked again nothing comes new, and what stays is told.
  const again = await expectStatus(200, post(`/groups/${group}/licensing/preview`, body));
  assert.deepEqual(listAt(again, 'inError').map(told), inError.map(told));
  assert.equal(at(again, 'effect', 'users'), 0);
});
