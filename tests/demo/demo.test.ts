import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import type { Explanation, Summary } from '@allot/contract';
import { sql } from 'kysely';
import { createLog } from '../../packages/server/src/log.ts';
import { readSettings } from '../../packages/server/src/settings/settings.ts';
import { startServer } from '../../packages/server/src/start.ts';
import { testServer } from '../server.ts';

interface Expected {
  readonly users: number;
  readonly groups: number;
  readonly afterLaterSteps: {
    readonly products: Readonly<Record<string, { readonly usable: number; readonly consumed: number }>>;
    readonly waiting: Readonly<Record<string, number>>;
    readonly errors: readonly {
      readonly group: string;
      readonly skuPartNumber: string;
      readonly error: string;
      readonly users: number;
    }[];
  };
}

const server = await testServer({ after }, { demo: true });
// Worked out by hand, in this shape; its README has the sum.
const expected = JSON.parse(
  await readFile(new URL('../../packages/server/demo/expected.json', import.meta.url), 'utf8'),
) as Expected;
const { products, waiting, errors } = expected.afterLaterSteps;

/**
 * Users in error by cause. Everybody has each cause once, but for the analysts: the 17 who wait for Visio are among the 25 who
 * wait for Power BI.
 */
const usersInError = {
  CountViolation: 40 + 25,
  Other: 54,
  DependencyViolation: 16,
  MutuallyExclusiveViolation: 12,
  ProhibitedInUsageLocationViolation: 9,
  UniquenessViolation: 4,
};

const run = promisify(execFile);
const program = join(import.meta.dirname, '../../packages/cli/src/allot.ts');

/** What the command prints as JSON, on the machine of the server. The caller names what it is. */
async function allot<T>(...args: readonly string[]): Promise<T> {
  const env = { ...process.env, ALLOT_CREDENTIALS: join(server.data, 'credentials.json') };
  const { stdout } = await run(process.execPath, [program, ...args, '--json'], { env, maxBuffer: 16 * 1024 ** 2 });
  return JSON.parse(stdout) as T; // named by the caller; the assertions say whether it is
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

test('the demo tenant is settled as worked out by hand, over HTTP and on the command line alike', async () => {
  const summary: Summary = (await server.call('GET', '/allot/v1/summary')).body;
  assert.deepEqual(await allot('summary'), summary);

  assert.equal(summary.tenant.displayName, 'Contoso');
  assert.equal(summary.users, expected.users);
  assert.equal(summary.pending, 0);
  assert.deepEqual(
    Object.fromEntries(
      summary.products.map(({ skuPartNumber, usable, consumed, free, waiting: line }) => [
        skuPartNumber,
        { usable, consumed, free, line },
      ]),
    ),
    Object.fromEntries(
      Object.entries(products).map(([part, { usable, consumed }]) => [
        part,
        { usable, consumed, free: usable - consumed, line: waiting[part] ?? 0 },
      ]),
    ),
  );
  assert.equal(summary.licensesGranted, sum(Object.values(products).map(({ consumed }) => consumed)));
  assert.deepEqual(Object.fromEntries(summary.errors.map(({ error, count }) => [error, count])), usersInError);
  for (const { error, groups } of summary.errors) {
    assert.equal(groups, new Set(errors.flatMap((row) => (row.error === error ? row.group : []))).size, error);
  }
  const groups = await server.call('GET', '/v1.0/groups/$count', undefined, { consistencylevel: 'eventual' });
  assert.equal(Number(groups.body), expected.groups);
});

test('allot errors lists every cause with its groups and as many users as worked out by hand', async () => {
  const causes = await allot<{ error: string; skuPartNumber: string; count: number; groups: string[] }[]>('errors');
  const told = new Map<string, { users: number; groups: Set<string> }>();
  const add = (key: string, users: number, groups: readonly string[]) => {
    const known = told.get(key) ?? { users: 0, groups: new Set() };
    told.set(key, { users: known.users + users, groups: new Set([...known.groups, ...groups].toSorted()) });
  };
  for (const { error, skuPartNumber, count, groups } of causes) add(`${error} ${skuPartNumber}`, count, groups);
  const printed = new Map(told);
  told.clear();
  for (const { error, skuPartNumber, users, group } of errors) add(`${error} ${skuPartNumber}`, users, [group]);
  assert.deepEqual(printed, told);
});

test('allot waiting lists everybody who waits, in the order of the line', async () => {
  const rows =
    await allot<{ skuPartNumber: string; position: number; userPrincipalName: string; group: string }[]>('waiting');
  const lines = Map.groupBy(rows, ({ skuPartNumber }) => skuPartNumber);
  assert.deepEqual(Object.fromEntries([...lines].map(([part, line]) => [part, line.length])), waiting);
  for (const line of lines.values())
    assert.deepEqual(
      line.map(({ position }) => position),
      [...line.keys()].map((at) => at + 1),
    );
  // Whoever shared an address and does no more waits in a group that comes before that of the contractors.
  const [first, ...others] = lines.get('ENTERPRISEPACK') ?? [];
  assert.equal(first?.group, 'License - Office 365 E3');
  assert.deepEqual([...new Set(others.map(({ group }) => group))], ['License - Engineering contractors']);
});

const explain = async (name: string, skuPartNumber: string): Promise<Explanation> => {
  const entries = await allot<Explanation[]>('user', 'explain', `${name}@contoso.example`);
  const inError = entries.filter((entry) => entry.skuPartNumber === skuPartNumber && entry.error !== 'None');
  assert.equal(inError.length, 1, JSON.stringify(entries));
  return inError[0] ?? assert.fail();
};

test('who has E1 and gets E3 by a group is told the two plans, and where both come from', async () => {
  const byHand = await explain('mia.obrien', 'ENTERPRISEPACK');
  assert.equal(byHand.error, 'MutuallyExclusiveViolation');
  assert.equal(byHand.sourceName, 'License - Office 365 E3');
  assert.match(byHand.sentence, /Exchange Online \(Plan 2\) and Exchange Online \(Plan 1\)/);
  assert.match(byHand.sentence, /Office 365 E1 assigned directly/);

  const { userPrincipalName } = await memberOfBoth('License - Office 365 E1', 'License - Office 365 E3');
  const byGroup = await explain(userPrincipalName.replace('@contoso.example', ''), 'ENTERPRISEPACK');
  assert.match(byGroup.sentence, /Exchange Online \(Plan 2\) and Exchange Online \(Plan 1\)/);
  assert.match(byGroup.sentence, /Office 365 E1 from group License - Office 365 E1/);
  const bundled = await explain('mia.obrien', 'EMS');
  assert.equal(bundled.error, 'Other');
  assert.match(bundled.sentence, /Office 365 E3/);
});

test('who left the group of E3 and keeps it is told what still needs it, and which plan', async () => {
  const kept = await explain('abigail.allen', 'ENTERPRISEPACK');
  assert.deepEqual([kept.state, kept.error], ['ActiveWithError', 'DependencyViolation']);
  assert.match(kept.sentence, /No longer wanted, but kept/);
  assert.match(kept.sentence, /Workplace Analytics.* needs .*Exchange Online \(Plan 2\)/);
});

test('two users with the same address are each told the address and the other one', async () => {
  for (const [one, other] of [
    ['francois.traore', 'hugo.fournier'],
    ['hugo.fournier', 'francois.traore'],
  ] as const) {
    const { state, error, sentence } = await explain(one, 'ENTERPRISEPACK');
    assert.deepEqual([state, error], ['ActiveWithError', 'UniquenessViolation']);
    assert.match(
      sentence,
      new RegExp(`hugo\\.fournier@contoso\\.onmicrosoft\\.example is also an address of ${other}@contoso\\.example`),
    );
  }
});

test('a second start in the same data directory changes nothing', async () => {
  const before = { facts: await rowCounts(), credentials: await credentials() };
  const summary = (await server.call('GET', '/allot/v1/summary')).body;
  await server.running.stop();
  const settings = readSettings({
    ALLOT_PORT: new URL(server.baseUrl).port,
    ALLOT_DATA: server.data,
    DATABASE_URL: server.database.databaseUrl,
    ALLOT_LOG_LEVEL: 'error',
  });
  const again = await startServer(settings, createLog(settings.logLevel));
  try {
    assert.equal(again.installation.first, false);
    assert.equal(again.installation.tenantId, server.tenantId);
    assert.deepEqual(await again.summary(), summary);
    assert.deepEqual({ facts: await rowCounts(), credentials: await credentials() }, before);
  } finally {
    await again.stop();
  }
});

const credentials = () => readFile(join(server.data, 'credentials.json'), 'utf8');

/** What a start could add to, and the number of the last change of licenses. */
async function rowCounts(): Promise<unknown> {
  const { rows } = await sql`
    select (select count(*) from allot.tenant) as tenants, (select max(revision) from allot.tenant) as revision,
           (select count(*) from allot.application) as applications, (select count(*) from allot.directory_user) as users,
           (select count(*) from allot.directory_group) as groups, (select count(*) from allot.membership) as memberships,
           (select count(*) from allot.subscription) as subscriptions, -- a new one-time link, until one is used
           (select count(*) from allot.audit where activity <> 'Add one-time link') as audit
  `.execute(server.database.db);
  return rows[0];
}

async function memberOfBoth(one: string, other: string): Promise<{ userPrincipalName: string }> {
  const names = async (displayName: string): Promise<{ userPrincipalName: string }[]> => {
    const filter = encodeURIComponent(`displayName eq '${displayName}'`);
    const groups = await server.call('GET', `/v1.0/groups?$filter=${filter}&$select=id`);
    const path = `/v1.0/groups/${groups.body.value[0].id}/members?$select=userPrincipalName&$top=999`;
    return (await server.call('GET', path)).body.value;
  };
  const others = new Set((await names(other)).map(({ userPrincipalName }) => userPrincipalName));
  return (await names(one)).find(({ userPrincipalName }) => others.has(userPrincipalName)) ?? assert.fail();
}
