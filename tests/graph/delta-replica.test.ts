import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { addSeats, skus } from '../licensing/tenant.ts';
import { type Answer, itemsOf, type Json, newGroup, newUser, startGraph, textOf } from './graph-server.ts';

const server = await startGraph({ after });
await addSeats(server.ctx, skus.e1, 4);
await addSeats(server.ctx, skus.e3, 4);

/** What a client knows that only reads changes. */
class Replica {
  readonly #kind: 'users' | 'groups';
  readonly #select: string;
  readonly known = new Map<string, { readonly values: string; readonly members: Set<string> }>();
  #link: string;

  constructor(kind: 'users' | 'groups', select: string) {
    this.#kind = kind;
    this.#select = select;
    this.#link = `/v1.0/${kind}/delta?$select=${select}${kind === 'groups' ? ',members' : ''}`;
  }

  /** Follows pages to the end. @param between happens between any two pages */
  async read(pageSize: number, between: () => Promise<void>): Promise<void> {
    for (;;) {
      const answer = await server.call('GET', this.#link, undefined, { prefer: `odata.maxpagesize=${pageSize}` });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      for (const entry of itemsOf(answer.body['value'])) this.#apply(entry);
      const more = answer.body['@odata.nextLink'];
      this.#link = textOf(more ?? answer.body['@odata.deltaLink']).replace('http://licenses.example', '');
      if (more === undefined) return;
      await between();
    }
  }

  #apply(entry: Json): void {
    const id = textOf(entry['id']);
    if (entry['@removed'] !== undefined) {
      this.known.delete(id);
      return;
    }
    const members = this.known.get(id)?.members ?? new Set();
    for (const member of entry['members@delta'] === undefined ? [] : itemsOf(entry['members@delta']))
      if (member['@removed'] === undefined) members.add(textOf(member['id']));
      else members.delete(textOf(member['id']));
    this.known.set(id, { values: this.#valuesOf(entry), members });
  }

  #valuesOf(entry: Json): string {
    return JSON.stringify(this.#select.split(',').map((name) => entry[name]));
  }

  async assertSame(): Promise<void> {
    const listed = await server.call('GET', `/v1.0/${this.#kind}?$select=id,${this.#select}&$top=999`);
    const there = itemsOf(listed.body['value']);
    assert.deepEqual([...this.known.keys()].toSorted(), there.map(({ id }) => textOf(id)).toSorted());
    for (const object of there) {
      const id = textOf(object['id']);
      assert.equal(this.known.get(id)?.values, this.#valuesOf(object), id);
      if (this.#kind !== 'groups') continue;
      const members = await server.call('GET', `/v1.0/groups/${id}/members?$select=id&$top=999`);
      const ids = itemsOf(members.body['value']).map((member) => textOf(member['id']));
      // Deleted users stay members until they are deleted for good, and are not listed.
      const known = [...(this.known.get(id)?.members ?? [])].filter((member) => !deleted.includes(member));
      assert.deepEqual(known.toSorted(), ids.toSorted(), id);
    }
  }
}

const users: string[] = [];
const groups: string[] = [];
/** Users who can be restored. */
const deleted: string[] = [];

type Step = readonly [kind: number, first: number, second: number];

const step = fc.tuple(fc.nat(13), fc.nat(50), fc.nat(50));

async function take([kind, first, second]: Step): Promise<void> {
  const user = users[first % Math.max(users.length, 1)];
  const group = groups[second % Math.max(groups.length, 1)];
  const lost = deleted[second % Math.max(deleted.length, 1)];
  const sku = second % 2 === 0 ? skus.e1 : skus.e3;
  const add = { addLicenses: [{ skuId: sku, disabledPlans: [] }], removeLicenses: [] };
  const remove = { addLicenses: [], removeLicenses: [sku] };
  if (kind <= 1 || user === undefined) users.push(await created('users', newUser({ usageLocation: 'CH' })));
  else if (kind === 2 || group === undefined) groups.push(await created('groups', newGroup()));
  else if (kind === 3) await server.call('PATCH', `/v1.0/users/${user}`, { displayName: `Name ${first} ${second}` });
  else if (kind === 4) await server.call('PATCH', `/v1.0/groups/${group}`, { displayName: `Name ${first} ${second}` });
  else if (kind <= 7) await server.call('POST', `/v1.0/groups/${group}/members/$ref`, reference(user));
  else if (kind === 8) await server.call('DELETE', `/v1.0/groups/${group}/members/${user}/$ref`);
  else if (kind === 9) await server.call('POST', `/v1.0/groups/${group}/assignLicense`, first % 3 === 0 ? remove : add);
  else if (kind === 10) await server.call('POST', `/v1.0/users/${user}/assignLicense`, first % 3 === 0 ? remove : add);
  else if (kind === 11 && (await done('DELETE', `/v1.0/users/${user}`))) move(user, users, deleted);
  else if (kind === 12 && lost !== undefined && (await done('POST', `/v1.0/directory/deletedItems/${lost}/restore`)))
    move(lost, deleted, users);
  else if (kind === 13 && lost !== undefined && (await done('DELETE', `/v1.0/directory/deletedItems/${lost}`)))
    move(lost, deleted, []);
  if (second % 3 === 0) await server.settle();
}

const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });

async function created(kind: 'users' | 'groups', body: object): Promise<string> {
  const answer: Answer = await server.call('POST', `/v1.0/${kind}`, body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return textOf(answer.body['id']);
}

const done = async (method: 'POST' | 'DELETE', path: string): Promise<boolean> =>
  (await server.call(method, path)).status < 300;

function move(id: string, from: string[], to: string[]): void {
  from.splice(from.indexOf(id), 1);
  to.push(id);
}

test('who applies changes page by page has what the directory has, whatever happens between the pages', async () => {
  const replicas = [
    new Replica('users', 'displayName,assignedLicenses,licenseAssignmentStates,mail'),
    new Replica('groups', 'displayName,assignedLicenses'),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.array(step, { maxLength: 3 }),
      fc.integer({ min: 1, max: 7 }),
      async (before, between, pageSize) => {
        for (const one of before) await take(one);
        for (const replica of replicas) {
          const rest = [...between];
          await replica.read(pageSize, async () => {
            const one = rest.pop();
            if (one !== undefined) await take(one);
          });
        }
        await server.settle();
        for (const replica of replicas) {
          await replica.read(100, async () => undefined);
          await replica.assertSame();
        }
      },
    ),
    // A case goes on from where the one before it ended, so a shorter one is another one.
    { numRuns: 40, endOnFailure: true },
  );
});
