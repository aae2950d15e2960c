import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuery } from './query.ts';
import { requestCost } from './request-cost.ts';

const unitsOf = (resourceUnits: number, query: string) =>
  requestCost({ resourceUnits, writes: 0 }, parseQuery(query)).resourceUnits;

test('$select and a small page each cost a unit less, $expand one more, and nothing less than one', () => {
  for (const [units, query, expected] of [
    [5, '', 5],
    [5, '$select=id', 4],
    [5, 'SELECT=id', 4],
    [5, '$top=19', 4],
    [5, '$top=20', 5],
    [5, '$top=many', 5],
    [5, '$top=', 5],
    [5, '$top=1&$top=2', 5],
    [5, '$expand=manager', 6],
    [5, '$select=id&$top=5&$expand=manager', 4],
    [2, '$select=id&$top=5', 1],
    [1, '$select=id', 1],
    [1, '$filter=$select', 1],
  ] as const) {
    assert.equal(unitsOf(units, query), expected, query);
  }
});

test('a change is a change whatever else is asked', () => {
  assert.deepEqual(requestCost({ resourceUnits: 1, writes: 1 }, parseQuery('$select=id')), {
    resourceUnits: 1,
    writes: 1,
  });
});
