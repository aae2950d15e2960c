/** Previews of changes that are settled in the background: what is shown is what comes, and nothing comes by showing it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { loadErrors, loadSeats } from '@allot/store';
import fc from 'fast-check';
import { expectStatus, skus, startApi } from './api-server.ts';
import { createGroup, createUser, licenseGroup } from './directory.ts';
import { at, listAt, pick, textAt } from './json.ts';

const server = await startApi({ after });
const { db, tenantId } = server.ctx;
const call = (method: string, path: string, body?: object) => server.call(method, path, body);

const subscriptions: string[] = [];
for (const [skuId, wanted] of [
  [skus.e1, 3],
  [skus.e3, 4],
] as const) {
  const made = await expectStatus(201, call('POST', '/allot/v1/subscriptions', { skuId, units: wanted }));
  subscriptions.push(textAt(made, 'id'));
}

const users: string[] = [];
for (let n = 0; n < 9; n++)
  users.push(await createUser(server, { displayName: `User ${n}`, ...(n === 8 ? { usageLocation: null } : {}) }));
const one = await createGroup(server, 'One', users.slice(0, 4));
const two = await createGroup(server, 'Two', users.slice(4, 6));
const nested = await createGroup(server, 'Nested', users.slice(6, 8));
const byRule = textAt(
  await expectStatus(
    201,
    call('POST', '/v1.0/groups', {
      displayName: 'In Sales',
      mailEnabled: false,
      mailNickname: 'insales',
      securityEnabled: true,
      groupTypes: ['DynamicMembership'],
      membershipRule: `user.department -eq "Sales" or user.memberof -any (group.objectId -in ['${nested}'])`,
      membershipRuleProcessingState: 'On',
    }),
  ),
  'id',
);
await licenseGroup(server, one, skus.e1);
await licenseGroup(server, two, skus.e3);
await licenseGroup(server, byRule, skus.e1);

/** A change as it is shown and as it is made. */
interface ShownChange {
  readonly preview: readonly [method: string, path: string, body: object];
  readonly make: readonly (readonly [method: string, path: string, body?: object])[];
}

const reference = (id: string) => ({ '@odata.id': `http://x/v1.0/directoryObjects/${id}` });
const add = (group: string, member: string): ShownChange => ({
  preview: ['POST', `/allot/v1/groups/${group}/members/preview`, { addMembers: [member] }],
  make: [['POST', `/v1.0/groups/${group}/members/$ref`, reference(member)]],
});
const remove = (group: string, member: string): ShownChange => ({
  preview: ['POST', `/allot/v1/groups/${group}/members/preview`, { removeMembers: [member] }],
  make: [['DELETE', `/v1.0/groups/${group}/members/${member}/$ref`]],
});
const change = (user: string, values: object): ShownChange => ({
  preview: ['POST', '/allot/v1/users/changes/preview', { userIds: [user], change: values }],
  make: [['PATCH', `/v1.0/users/${user}`, values]],
});
const addresses = (user: string, proxyAddresses: readonly string[]): ShownChange => ({
  preview: ['POST', `/allot/v1/users/${user}/addresses/preview`, { proxyAddresses }],
  make: [['PUT', `/allot/v1/users/${user}/addresses`, { proxyAddresses }]],
});
const gone = (user: string): ShownChange => ({
  preview: ['POST', '/allot/v1/users/deletion/preview', { userIds: [user] }],
  make: [['DELETE', `/v1.0/users/${user}`]],
});
const settings = (group: string, values: object): ShownChange => ({
  preview: ['PATCH', `/allot/v1/groups/${group}/licensing?dryRun=true`, values],
  make: [['PATCH', `/allot/v1/groups/${group}/licensing`, values]],
});
const licenses = (group: string, addSkus: readonly string[], removeLicenses: readonly string[]): ShownChange => {
  const body = { addLicenses: addSkus.map((skuId) => ({ skuId, disabledPlans: [] })), removeLicenses };
  return {
    preview: ['POST', `/allot/v1/groups/${group}/licensing/preview`, body],
    make: [['POST', `/v1.0/groups/${group}/assignLicense`, body]],
  };
};

const units = (subscription: string, wanted: number): ShownChange => ({
  preview: ['PATCH', `/allot/v1/subscriptions/${subscription}?dryRun=true`, { units: wanted }],
  make: [['PATCH', `/allot/v1/subscriptions/${subscription}`, { units: wanted }]],
});
const more = (skuId: string): ShownChange => ({
  preview: ['POST', '/allot/v1/subscriptions?dryRun=true', { skuId, units: 1 }],
  make: [['POST', '/allot/v1/subscriptions', { skuId, units: 1 }]],
});

/** Seats used of each product, and how many are in which error. */
async function stored() {
  const seats = new Map([...(await loadSeats(db, tenantId))].map(([skuId, { consumed }]) => [skuId, consumed]));
  const errors = new Map(
    (await loadErrors(db, tenantId)).map(({ groupId, productId, error, users: count }) => [
      `${groupId ?? 'direct'} ${productId} ${error}`,
      count,
    ]),
  );
  return { seats, errors };
}

/** Shows it, makes it, settles, and compares. @returns the preview; undefined: refused, and refused when it is made, too */
async function madeAsShown({ preview: [method, path, body], make }: ShownChange): Promise<unknown> {
  const before = await stored();
  const { status, body: shown } = await call(method, path, body);
  await server.settle();
  assert.deepEqual(await stored(), before, 'showing changes nothing');
  if (status !== 200) {
    for (const [how, where, what] of make) assert.equal((await call(how, where, what)).status, status);
    return undefined;
  }
  for (const [how, where, what] of make) {
    const answer = await call(how, where, what);
    // Who is a member already cannot be added, and that is shown as what it does: nothing.
    if (answer.status === 400) assert.deepEqual([listAt(shown, 'licenses'), listAt(shown, 'seats')], [[], []]);
    else assert.ok(answer.status < 300, `${how} ${where}: ${answer.status}`);
  }
  await server.settle();
  for (const each of listAt(shown, 'seats')) before.seats.set(textAt(each, 'skuId'), Number(at(each, 'consumedAfter')));
  for (const each of listAt(shown, 'effect', 'errors')) {
    const key = `${at(each, 'groupId') === null ? 'direct' : textAt(each, 'groupId')} ${textAt(each, 'skuId')} ${textAt(each, 'error')}`;
    assert.equal(before.errors.get(key) ?? 0, at(each, 'usersBefore'), key);
    if (at(each, 'usersAfter') === 0) before.errors.delete(key);
    else before.errors.set(key, Number(at(each, 'usersAfter')));
  }
  assert.deepEqual(await stored(), before);
  return shown;
}

const gains = (shown: unknown) =>
  listAt(shown, 'licenses').map((license) => pick(license, 'groupName', 'gaining', 'losing', 'inError'));

test('members who come get what the group gives, as far as there are seats', async () => {
  const shown = await madeAsShown(add(one, users[8] ?? ''));
  assert.deepEqual(gains(shown), [{ groupName: 'One', gaining: 0, losing: 0, inError: 1 }]);
  assert.equal(at(listAt(shown, 'inError')[0], 'error'), 'CountViolation');
});

test('a member who leaves makes room for who waits', async () => {
  const shown = await madeAsShown(remove(one, users[0] ?? ''));
  assert.deepEqual(gains(shown), [{ groupName: 'One', gaining: 1, losing: 1, inError: 0 }]);
});

test('a change of a property reaches who follows by rule', async () => {
  const shown = await madeAsShown(change(users[5] ?? '', { department: 'Sales' }));
  assert.deepEqual(gains(shown), [{ groupName: 'In Sales', gaining: 0, losing: 0, inError: 1 }]);
});

test('members of a group that a rule reads come by it', async () => {
  const shown = await madeAsShown(add(nested, users[4] ?? ''));
  assert.deepEqual(gains(shown), [{ groupName: 'In Sales', gaining: 0, losing: 0, inError: 1 }]);
});

test('deleting a user shows who gets the seat', async () => {
  const shown = await madeAsShown(gone(users[1] ?? ''));
  assert.deepEqual(
    gains(shown).reduce((sum: number, license) => sum + Number(at(license, 'gaining')), 0),
    1,
  );
});

test('an address of their own is shown with the licenses that it gives to both who had it', async () => {
  const [, ofE3 = ''] = subscriptions;
  await madeAsShown(units(ofE3, 12));
  const [ann, ben] = [await createUser(server), await createUser(server)];
  for (const user of [ann, ben]) await madeAsShown(addresses(user, ['SMTP:both@contoso.example']));
  const mail = await createGroup(server, 'Mail', [ann, ben]);
  await licenseGroup(server, mail, skus.e3);
  await server.settle();
  const shown = await madeAsShown(addresses(ben, ['SMTP:ben@contoso.example']));
  assert.deepEqual(gains(shown), [{ groupName: 'Mail', gaining: 2, losing: 0, inError: 0 }]);
  await madeAsShown(units(ofE3, 4));
});

test('inheritance by nested groups is shown with whom it reaches', async () => {
  await expectStatus(204, call('POST', `/v1.0/groups/${two}/members/$ref`, reference(nested)));
  await server.settle();
  const shown = await madeAsShown(settings(two, { licenseInheritance: 'transitive' }));
  assert.ok(listAt(shown, 'licenses').length > 0);
  await madeAsShown(settings(two, { licenseInheritance: 'direct' }));
});

test('seats that are added, taken away or ended show who gets one, and that nobody loses his', async () => {
  const [ofE1 = '', ofE3 = ''] = subscriptions;
  const shown = await madeAsShown(units(ofE1, 9));
  assert.ok(listAt(shown, 'licenses').some((license) => Number(at(license, 'gaining')) > 0));
  const over = await madeAsShown(units(ofE3, 0));
  assert.deepEqual(listAt(over, 'licenses'), []);
  assert.equal(at(over, 'seats', 0, 'usable'), 0);
  const path = `/allot/v1/subscriptions/${ofE1}`;
  const before = await stored();
  const ended = await expectStatus(200, call('DELETE', `${path}?dryRun=true`));
  assert.deepEqual(listAt(ended, 'licenses'), []);
  assert.deepEqual(await stored(), before);
  await expectStatus(200, call('GET', path));
  await madeAsShown(units(ofE3, 4));
});

test('whatever comes after whatever, what is shown is what comes', async () => {
  const user = fc.constantFrom(...users);
  const group = fc.constantFrom(one, two, nested, byRule);
  const sku = fc.constantFrom(skus.e1, skus.e3);
  const any = fc.oneof(
    fc.tuple(group, user).map(([to, who]) => add(to, who)),
    fc.tuple(group, user).map(([from, who]) => remove(from, who)),
    fc.constant(add(one, nested)),
    fc.constant(remove(one, nested)),
    fc.tuple(user, fc.constantFrom('Sales', 'Research', null)).map(([who, department]) => change(who, { department })),
    fc.tuple(user, fc.constantFrom('US', 'CN', null)).map(([who, usageLocation]) => change(who, { usageLocation })),
    user.map((who) => addresses(who, ['SMTP:shared@contoso.example'])),
    user.map((who) => addresses(who, [`SMTP:${who}@contoso.example`])),
    user.map(gone),
    fc
      .tuple(group, fc.record({ priority: fc.nat(3), atomicity: fc.constantFrom('bundle', 'product') }))
      .map(([of, values]) => settings(of, values)),
    fc
      .tuple(group, fc.constantFrom('direct', 'transitive'))
      .map(([of, licenseInheritance]) => settings(of, { licenseInheritance })),
    fc.tuple(fc.constantFrom(...subscriptions), fc.nat(7)).map(([of, many]) => units(of, many)),
    sku.map(more),
    fc.tuple(group, sku).map(([to, skuId]) => licenses(to, [skuId], [])),
    fc.tuple(group, sku).map(([from, skuId]) => licenses(from, [], [skuId])),
  );
  const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
  let made = 0;
  for (const [n, next] of fc.sample(any, { seed, numRuns: 80 }).entries())
    try {
      if ((await madeAsShown(next)) !== undefined) made += 1;
    } catch (error) {
      throw new Error(`Change ${n} of FC_SEED=${seed}: ${JSON.stringify(next)}`, { cause: error });
    }
  assert.ok(made > 10, `only ${made} changes could be made`);
});

test('a preview that cannot be, says what to do', async () => {
  const path = `/allot/v1/groups/${one}/members/preview`;
  await expectStatus(400, call('POST', path, {}));
  await expectStatus(404, call('POST', path, { addMembers: ['00000000-0000-4000-8000-000000000000'] }));
  await expectStatus(403, call('POST', `/allot/v1/groups/${byRule}/members/preview`, { removeMembers: [users[5]] }));
  await expectStatus(400, call('POST', '/allot/v1/users/changes/preview', { userIds: [users[5]], change: { no: 1 } }));
  await expectStatus(404, call('POST', '/allot/v1/users/deletion/preview', { userIds: [one] }));
  const many = Array.from({ length: 1_001 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
  await expectStatus(400, call('POST', path, { addMembers: many }));
});

test('a change that is more than one preview looks at is refused with what to do, and can be made', async () => {
  const inner = await createGroup(server, 'Inner');
  const newcomers = await createGroup(server, 'Newcomers', [await createUser(server, { displayName: 'Newcomer' })]);
  for (let n = 0; n <= 50; n++) {
    const outer = await createGroup(server, `Outer ${n}`, [inner]);
    await licenseGroup(server, outer, skus.e1);
    await expectStatus(200, call('PATCH', `/allot/v1/groups/${outer}/licensing`, { licenseInheritance: 'transitive' }));
  }
  const refused = await expectStatus(
    400,
    call('POST', `/allot/v1/groups/${inner}/members/preview`, { addMembers: [newcomers] }),
  );
  assert.match(JSON.stringify(refused), /TooMuchToPreview.*more than 50 groups|more than 50 groups.*TooMuchToPreview/);
  await expectStatus(204, call('POST', `/v1.0/groups/${inner}/members/$ref`, reference(newcomers)));
});
