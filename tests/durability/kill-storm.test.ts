import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Database } from '@allot/store';
import { silentLog } from '../database.ts';
import { everyTenant } from '../every-tenant.ts';
import { temporaryDirectory } from '../embedded/temporary-directory.ts';
import { ownCluster } from './cluster.ts';
import { type Call, callerOf, type Program, ready, runProgram } from './program.ts';
import { assertCountsAgree } from './recount.ts';
import { accepted, e3, ems, groupIds, groupsFile, hire, nameOf, settled } from './staff.ts';

/** ALLOT_TEST_STORM_ROUNDS: how often something is killed; each takes some seconds. */
const rounds = Number(process.env['ALLOT_TEST_STORM_ROUNDS'] ?? 4);
const seed = Number(process.env['ALLOT_TEST_SEED'] ?? Date.now() % 1_000_000);
const users = 120;
const actors = 4;

test(`kill -9 of servers and workers at any moment, ${rounds} times, loses nothing that was accepted (L-16, L-19)`, async (t) => {
  t.diagnostic(`ALLOT_TEST_SEED=${seed}`);
  const random = randomFrom(seed);
  const cleanUps: (() => Promise<void>)[] = [];
  t.after(async () => {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  });
  const scope = { after: (cleanUp: () => Promise<void>) => void cleanUps.push(cleanUp) };
  const cluster = await ownCluster(scope);
  const env = { DATABASE_URL: cluster.databaseUrl };
  const dataDir = join(await temporaryDirectory(), 'data');
  const serve = async (): Promise<Program> => {
    const server = runProgram(scope, ['serve', '--data', dataDir, '--demo', 'off', '--port', '0'], { env });
    await server.says(ready);
    return server;
  };
  const work = async (): Promise<Program> => {
    const worker = runProgram(scope, ['worker'], { env });
    await worker.says(ready);
    return worker;
  };
  let server = await serve();
  let worker = await work();
  const call: Call = async (...request) => (await callerOf(dataDir))(...request);
  await hire(call, users, { [e3]: 70, [ems]: 40 });
  const groups = [
    { displayName: 'Sales', first: 0, step: 3, licenses: 'ENTERPRISEPACK' },
    { displayName: 'Lab', first: 1, step: 4, licenses: 'EMS' },
  ];
  await accepted(call, 'POST', '/allot/v1/imports/groups', groupsFile(users, groups));
  await settled(call);
  const office = new Office(call, await groupIds(call), random);
  await office.look();

  for (let round = 0; round < rounds; round++) {
    const storm = Array.from({ length: actors }, (_, actor) => office.act(actor));
    await sleep(200 + random(600));
    const victim = random(3);
    if (victim !== 1) await worker.kill();
    if (victim !== 0) await server.kill();
    office.stop();
    await Promise.all(storm);
    if (victim !== 0) server = await serve();
    if (victim !== 1) worker = await work();
  }
  await settled(call);
  await office.assertKept();
  const check = runProgram(scope, ['check'], { env: { ALLOT_DATA: dataDir } });
  assert.equal(await check.ended, 0, check.printed.out + check.printed.err);
  const database: Database = await connect({
    databaseUrl: everyTenant(cluster.databaseUrl),
    poolSizeMax: 1,
    applicationName: 'test',
    log: silentLog,
  });
  scope.after(() => database.close());
  await assertCountsAgree(database);
  assert.equal(await worker.stop(), 0, worker.printed.err);
  assert.equal(await server.stop(), 0, server.printed.err);
});

/** People who change memberships, bundles, direct licenses and seats, and remember what was answered. */
class Office {
  readonly #call: Call;
  readonly #groups: readonly string[];
  readonly #random: (below: number) => number;
  readonly #userIds = new Map<number, string>();
  /** By group and user: whether the user must be a member; unknown while nobody answered. */
  readonly #members = new Map<string, boolean | undefined>();
  #acting = false;

  constructor(call: Call, groups: ReadonlyMap<string, string>, random: (below: number) => number) {
    this.#call = call;
    this.#groups = [...groups.values()];
    this.#random = random;
  }

  async look(): Promise<void> {
    const { value } = await accepted(this.#call, 'GET', '/v1.0/users?$select=id,userPrincipalName&$top=999');
    const byName = new Map(
      value.map((user: { id: string; userPrincipalName: string }) => [user.userPrincipalName, user.id]),
    );
    for (let no = 0; no < users; no++) this.#userIds.set(no, String(byName.get(nameOf(no))));
    for (const group of this.#groups) {
      const members = await this.#membersOf(group);
      for (const id of this.#userIds.values()) this.#members.set(`${group} ${id}`, members.has(id));
    }
  }

  stop(): void {
    this.#acting = false;
  }

  /** One change after the other, of users whom no other actor changes, until told to stop. */
  async act(actor: number): Promise<void> {
    this.#acting = true;
    while (this.#acting) {
      const user = this.#userIds.get(this.#random(users / actors) * actors + actor) ?? '';
      const kind = this.#random(8);
      if (kind < 5) await this.#changeMember(this.#groups[this.#random(this.#groups.length)] ?? '', user);
      else if (kind < 7) {
        const body = this.#random(2)
          ? { addLicenses: [{ skuId: ems, disabledPlans: [] }], removeLicenses: [] }
          : { addLicenses: [], removeLicenses: [ems] };
        await this.#send('POST', `/v1.0/users/${user}/assignLicense`, body);
      } else await this.#send('POST', '/allot/v1/subscriptions', { skuId: e3, units: 1 });
    }
  }

  async #changeMember(group: string, user: string): Promise<void> {
    const key = `${group} ${user}`;
    const comes = this.#members.get(key) !== true;
    this.#members.set(key, undefined);
    const status = comes
      ? await this.#send('POST', `/v1.0/groups/${group}/members/$ref`, {
          '@odata.id': `http://x/v1.0/directoryObjects/${user}`,
        })
      : await this.#send('DELETE', `/v1.0/groups/${group}/members/${user}/$ref`);
    if (status === 204) this.#members.set(key, comes);
    // Already so, by a call that nobody lived to answer.
    else if (status === 400 || status === 404) this.#members.set(key, comes);
  }

  /** @returns the status; undefined: the server was killed before it answered */
  async #send(method: string, path: string, body?: unknown): Promise<number | undefined> {
    try {
      const { status, body: answer } = await this.#call(method, path, body);
      assert.ok(status < 500 || status === 503, `${method} ${path}: ${status} ${JSON.stringify(answer)}`);
      return status;
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      await sleep(20);
      return undefined;
    }
  }

  /** What was answered is so. */
  async assertKept(): Promise<void> {
    let known = 0;
    for (const group of this.#groups) {
      const members = await this.#membersOf(group);
      for (const id of this.#userIds.values()) {
        const expected = this.#members.get(`${group} ${id}`);
        if (expected === undefined) continue;
        assert.equal(members.has(id), expected, `${id} in ${group}`);
        known += 1;
      }
    }
    assert.ok(known > users);
  }

  async #membersOf(group: string): Promise<ReadonlySet<string>> {
    const { value } = await accepted(this.#call, 'GET', `/v1.0/groups/${group}/members?$select=id&$top=999`);
    return new Set(value.map(({ id }: { id: string }) => id));
  }
}

/** Numbers below a limit, the same for the same seed (mulberry32). */
function randomFrom(start: number): (below: number) => number {
  let state = start >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
