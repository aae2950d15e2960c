import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { openOffice, skus, yammer } from './office.ts';

const office = await openOffice({ after });
const { server, ask, user, group, assign, has } = office;

const usersMax = 12;
const rounds = 6;
/** To run the same again, set it to what a failure said. */
const seed = Number(process.env['ALLOT_TEST_SEED'] ?? randomInt(2 ** 31));

test('deleting and restoring random users leaves all others as they were, and gives everybody back everything', async () => {
  for (const sku of Object.values(skus)) await office.seats(sku, 100);
  const ids: string[] = [];
  for (let no = 0; no < usersMax; no += 1) ids.push(await user(`user${no}`));
  const every = (nth: number) => ids.filter((_, no) => no % nth === 0);
  await group('All', ids, [{ skuId: skus.e3, disabledPlans: [yammer] }]);
  // E1 conflicts with E3 for every third; the intent of it is in error before and after.
  await group('Third', every(3), [{ skuId: skus.e1 }]);
  await server.settled();
  for (const id of every(2)) await assign(id, [{ skuId: skus.e3 }, { skuId: skus.analytics }]);
  const all = async (some: readonly string[]) => Promise.all(some.map(has));
  const counts = () => Promise.all(Object.values(skus).map((sku) => office.consumed(sku)));
  const [before, consumed] = [await all(ids), await counts()];
  const hasBefore = new Map(ids.map((id, at) => [id, before[at]]));

  const chosen = fc.sample(fc.subarray(ids, { minLength: 1 }), { numRuns: rounds, seed });
  for (const [round, some] of chosen.entries()) {
    const say = `ALLOT_TEST_SEED=${seed}, round ${round}`;
    await Promise.all(some.map((id) => ask(204, 'DELETE', `/v1.0/users/${id}`)));
    if (round % 2 === 0) await server.settled();
    const others = ids.filter((id) => !some.includes(id));
    const expected = others.map((id) => hasBefore.get(id));
    assert.deepEqual(await all(others), expected, say);
    await Promise.all(some.map((id) => ask(200, 'POST', `/v1.0/directory/deletedItems/${id}/restore`)));
    await server.settled();
    assert.deepEqual(await all(ids), before, say);
    assert.deepEqual(await counts(), consumed, say);
  }
});
