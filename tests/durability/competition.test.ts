import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect, type Database } from '@allot/store';
import { silentLog } from '../database.ts';
import { everyTenant } from '../every-tenant.ts';
import { temporaryDirectory } from '../embedded/temporary-directory.ts';
import { ownCluster } from './cluster.ts';
import { type Answer, type Call, callerOf, ready, runProgram } from './program.ts';
import { assertCountsAgree, assertServerAgrees } from './recount.ts';
import { accepted, e3, ems, groupIds, groupsFile, hire, nameOf, settled, type StaffGroup } from './staff.ts';

const users = 400;
const groups: readonly StaffGroup[] = [
  { displayName: 'Sales', first: 0, step: 4, licenses: 'ENTERPRISEPACK' },
  { displayName: 'Lab', first: 1, step: 20, licenses: '' },
];
const inSales = Array.from({ length: 100 }, (_, i) => 4 * i);
/** Twenty of Sales leave, sixty come; eighty users are each to get an EMS of their own, of which there are 50. */
const leaving = inSales.slice(0, 20);
const coming = Array.from({ length: 60 }, (_, i) => 4 * i + 2);
const wantingEms = Array.from({ length: 80 }, (_, i) => 4 * i + 1);
/** Ten of those who stay are deleted; five more seats are bought one by one. */
const deleted = inSales.slice(50, 60);
const bought = 5;

test('215 changes at once through two servers and four workers compete for the last seats: none is given twice, every caller is answered (L-19)', async (t) => {
  const cleanUps: (() => Promise<void>)[] = [];
  t.after(async () => {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  });
  const scope = { after: (cleanUp: () => Promise<void>) => void cleanUps.push(cleanUp) };
  const { database, calls } = await startEverything(scope);
  const [call] = calls;
  // E3: 100 have one, 120 there are and five come, 130 will be asked for. EMS: less than the callers ask for, and the lab takes up to 20.
  await hire(call, users, { [e3]: 120, [ems]: 50 });
  await accepted(call, 'POST', '/allot/v1/imports/groups', groupsFile(users, groups));
  await settled(call);
  const ids = await groupIds(call);
  const userIds = await idsOfUsers(call);
  const [sales, lab] = [ids.get('Sales'), ids.get('Lab')];

  const requests: (readonly [string, string, unknown?])[] = [
    ...wantingEms.map((no) => ['POST', `/v1.0/users/${nameOf(no)}/assignLicense`, add(ems)] as const),
    ...coming.map(
      (no) =>
        [
          'POST',
          `/v1.0/groups/${sales}/members/$ref`,
          { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${userIds.get(nameOf(no))}` },
        ] as const,
    ),
    ...leaving.map((no) => ['DELETE', `/v1.0/groups/${sales}/members/${userIds.get(nameOf(no))}/$ref`] as const),
    ...Array.from(
      { length: 40 },
      (_, i) => ['POST', `/v1.0/groups/${lab}/assignLicense`, i % 2 ? remove(ems) : add(ems)] as const,
    ),
    ...Array.from({ length: bought }, () => ['POST', '/allot/v1/subscriptions', { skuId: e3, units: 1 }] as const),
    ...deleted.map((no) => ['DELETE', `/v1.0/users/${userIds.get(nameOf(no))}`] as const),
  ];
  assert.equal(requests.length, 215);
  // So that neighbors are of different kinds: 67 and 215 have no common divisor.
  const order = requests.map((_, i) => (i * 67) % requests.length);
  const answers = new Map<number, Answer>();
  let changing = true;
  const watching = watchSeats(calls[1], () => changing);
  await Promise.all(
    order.map(async (no, i) => {
      const [method, path, body] = requests[no] ?? ['', ''];
      answers.set(no, await (i % 2 ? calls[1] : calls[0])(method, path, body));
    }),
  );
  await settled(call);
  changing = false;
  assert.ok((await watching) > 0, 'somebody looked at the seats while they were fought for');

  const answered = [...answers].toSorted(([a], [b]) => a - b).map(([, answer]) => answer);
  const kinds = [answered.slice(0, 80), answered.slice(80, 160), answered.slice(160, 200)] as const;
  assertAnswers(kinds[0], 200, `Subscription with SKU ${ems} does not have any available licenses.`);
  assertAnswers(kinds[1], 204);
  assertAnswers(kinds[2], 202, `License ${ems} is not assigned to the group.`);
  assertAnswers(answered.slice(200, 205), 201);
  assertAnswers(answered.slice(205), 204);
  assert.ok(
    kinds[0].some(({ status }) => status === 400),
    'there was not enough for all',
  );

  await assertCountsAgree(database);
  await assertServerAgrees(
    calls[1],
    database,
    Array.from({ length: 40 }, (_, i) => i * 10).filter((no) => !deleted.includes(no)),
  );
  const seats = await seatsOf(calls[0]);
  assert.deepEqual(seats.get(e3), { consumed: 120 + bought, usable: 120 + bought });
  const granted = wantingEms.filter((_, i) => kinds[0][i]?.status === 200).map(nameOf);
  assert.deepEqual(await holdersOfDirect(database), granted.toSorted());
  const members = [...inSales.filter((no) => !leaving.includes(no) && !deleted.includes(no)), ...coming].map(nameOf);
  assert.deepEqual(await membersOf(database, sales ?? ''), members.toSorted());
});

const add = (skuId: string) => ({ addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] });
const remove = (skuId: string) => ({ addLicenses: [], removeLicenses: [skuId] });

async function startEverything(scope: {
  after(cleanUp: () => Promise<void>): void;
}): Promise<{ database: Database; calls: readonly [Call, Call] }> {
  const cluster = await ownCluster(scope);
  const env = { DATABASE_URL: cluster.databaseUrl };
  const folder = await temporaryDirectory();
  const start = async (name: string): Promise<Call> => {
    const dataDir = join(folder, name);
    await runProgram(scope, ['serve', '--data', dataDir, '--demo', 'off', '--port', '0'], { env }).says(ready);
    return callerOf(dataDir);
  };
  const calls = [await start('one'), await start('two')] as const;
  await Promise.all([1, 2, 3, 4].map(() => runProgram(scope, ['worker'], { env }).says(ready)));
  const database = await connect({
    databaseUrl: everyTenant(cluster.databaseUrl),
    poolSizeMax: 2,
    applicationName: 'test',
    log: silentLog,
  });
  scope.after(() => database.close());
  return { database, calls };
}

type Seats = ReadonlyMap<string, { readonly consumed: number; readonly usable: number }>;

async function seatsOf(call: Call): Promise<Seats> {
  const { value } = await accepted(call, 'GET', '/v1.0/subscribedSkus');
  return new Map(
    value.map((sku: { skuId: string; consumedUnits: number; prepaidUnits: { enabled: number } }) => [
      sku.skuId,
      { consumed: sku.consumedUnits, usable: sku.prepaidUnits.enabled },
    ]),
  );
}

/** Invariant "seats never oversold", as any reader sees it while it goes on. @returns how often it looked */
async function watchSeats(call: Call, goesOn: () => boolean): Promise<number> {
  let looks = 0;
  for (; goesOn(); looks++) {
    for (const [skuId, { consumed, usable }] of await seatsOf(call))
      assert.ok(consumed <= usable, `${skuId}: ${consumed} of ${usable}`);
  }
  return looks;
}

function assertAnswers(answers: readonly Answer[], status: number, refusal?: string): void {
  for (const answer of answers) {
    if (answer.status === status) continue;
    assert.deepEqual(
      { status: answer.status, message: answer.body?.error?.message },
      { status: 400, message: refusal },
    );
  }
}

async function idsOfUsers(call: Call): Promise<ReadonlyMap<string, string>> {
  const { value } = await accepted(call, 'GET', '/v1.0/users?$select=id,userPrincipalName&$top=999');
  return new Map(value.map((user: { id: string; userPrincipalName: string }) => [user.userPrincipalName, user.id]));
}

async function holdersOfDirect({ pool }: Database): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select user_principal_name as name from allot.directory_user join allot.user_cohort using (tenant_id, user_no)
     join allot.cohort using (tenant_id, cohort_id) where direct <> '[]' order by 1`,
  );
  return rows.map(({ name }) => name);
}

async function membersOf({ pool }: Database, groupId: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select user_principal_name as name from allot.directory_user join allot.membership using (tenant_id, user_no)
     where group_id = $1 and deleted_at is null order by 1`,
    [groupId],
  );
  return rows.map(({ name }) => name);
}
