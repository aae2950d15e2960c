import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { groupProperties, userProperties } from '@allot/contract';
import { type Answer, createdId, newGroup, newUser, startGraph, textOf } from './graph-server.ts';
import { groupsUnindexed, matrix, type Row, usersElsewhere, usersUnindexed } from './query-matrix.ts';

const graph = await startGraph({ after });
await createdId(graph, '/v1.0/users', newUser({ department: 'x', usageLocation: 'DE', otherMails: ['x'] }));
await createdId(graph, '/v1.0/groups', newGroup());

type Collection = keyof typeof matrix;

const operators = 'eq ne in ge le gt lt startsWith endsWith contains null not any all count'.split(' ');
const comparisons = ['eq', 'ne', 'ge', 'le', 'gt', 'lt'];
const functions = ['startsWith', 'endsWith', 'contains'];

/** One operator on something that can be compared. */
function compared(operator: string, path: string, sample: string): string | undefined {
  if (comparisons.includes(operator)) return `${path} ${operator} ${sample}`;
  if (functions.includes(operator)) return `${operator}(${path},'x')`;
  if (operator === 'in') return `${path} in (${sample})`;
  if (operator === 'null') return `${path} eq null`;
  return undefined;
}

/** The filter that asks a property with an operator, in the form that fits the property. */
function filterOf(operator: string, { property, sample }: Pick<Row, 'property' | 'sample'>): string {
  const [path = '', inside] = property.split('[]');
  if (operator === 'count') return `${path}/$count eq 0`;
  if (operator === 'any' && inside !== undefined) return `${path}/any()`;
  const quantified = (quantifier: string, condition: string) => `${path}/${quantifier}(x:${condition})`;
  const element = `x${inside ?? ''}`;
  if (operator === 'any' || operator === 'all') return quantified(operator, `${element} eq ${sample}`);
  const ask = (one: string) =>
    inside === undefined ? compared(one, path, sample) : quantified('any', compared(one, element, sample) ?? '');
  return operator === 'not' ? `not (${ask('eq') ?? ''})` : (ask(operator) ?? '');
}

const eventual = { consistencylevel: 'eventual' };
/** Graph ignores `$count=true` without the header: such a query is no advanced one. */
const usual = {};

const ask = async (
  collection: Collection,
  options: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Promise<string> =>
  said(
    await graph.call(
      'GET',
      `/v1.0/${collection}?${new URLSearchParams({ ...options, $count: 'true', $select: 'id' }).toString()}`,
      undefined,
      headers,
    ),
  );

const said = ({ status, body }: Answer): string =>
  status === 200 ? 'answered' : [status, ...['code', 'message'].map((name) => textOf(body['error']?.[name]))].join(' ');

const unsupported = '400 Request_UnsupportedQuery Unsupported Query.';
const notIndexed = '400 Request_UnsupportedQuery The request uses a filter property that is not indexed';
const searchNeedsHeader =
  "400 Request_UnsupportedQuery Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'";
const elsewhere = '501 NotImplemented This operation target is not yet supported.';

/** What is answered for each operator, without and with an advanced query. */
async function asked(collection: Collection, row: Pick<Row, 'property' | 'sample'>): Promise<Record<string, string[]>> {
  const [name = ''] = row.property.split('[]');
  const queries: Record<string, Record<string, string>> = {
    ...Object.fromEntries(operators.map((operator) => [operator, { $filter: filterOf(operator, row) }])),
    $orderby: { $orderby: name },
    $search: { $search: `"${name}:x"` },
  };
  const answers: Record<string, string[]> = {};
  for (const [query, options] of Object.entries(queries))
    answers[query] = [await ask(collection, options, usual), await ask(collection, options, eventual)];
  return answers;
}

for (const collection of ['users', 'groups'] as const) {
  for (const row of matrix[collection]) {
    test(`${collection}: ${row.property} is asked with ${[...row.usual, ...row.advanced].join(', ')} and nothing else`, async () => {
      const expected = operators.map((operator) => {
        const inUsual = row.usual.includes(operator);
        const inAdvanced = inUsual || row.advanced.includes(operator);
        return [operator, [inUsual ? 'answered' : unsupported, inAdvanced ? 'answered' : unsupported]] as const;
      });
      const { $orderby, $search, ...filters } = await asked(collection, row);
      assert.deepEqual(filters, Object.fromEntries(expected));
      // Neither of the other options takes a path.
      if (row.property.includes('/') && !row.property.includes('[]')) return;
      assert.deepEqual(
        { $orderby, $search },
        {
          $orderby: [row.order === 'usual' ? 'answered' : unsupported, row.order === 'no' ? unsupported : 'answered'],
          $search: [searchNeedsHeader, row.search ? 'answered' : unsupported],
        },
      );
    });
  }
}

const notKept = [
  ['users', usersUnindexed, notIndexed, unsupported],
  ['users', usersElsewhere, elsewhere, elsewhere],
  ['groups', groupsUnindexed, notIndexed, unsupported],
] as const;
for (const [collection, names, filtered, otherwise] of notKept) {
  test(`${collection}: ${names.length} properties are refused with ${filtered}`, async () => {
    for (const property of names) {
      const expected: Record<string, string[]> = {
        ...Object.fromEntries(operators.map((operator) => [operator, [filtered, filtered]])),
        not: [filtered === notIndexed ? unsupported : filtered, filtered],
        $orderby: [otherwise, otherwise],
        $search: [searchNeedsHeader, otherwise],
      };
      const answers = await asked(collection, { property, sample: "'x'" });
      // That 'not' is an advanced query is seen first.
      if (filtered === elsewhere) expected['not'] = [unsupported, filtered];
      assert.deepEqual(answers, expected, property);
    }
  });
}

test('the matrix has every property of users and groups, once', () => {
  const firstOf = (rows: readonly Row[]) => [...new Set(rows.map(({ property }) => property.split(/\[|\//)[0] ?? ''))];
  assert.deepEqual(
    [...firstOf(matrix.users), ...usersUnindexed, ...usersElsewhere].toSorted(),
    userProperties.map(({ name }) => name).toSorted(),
  );
  assert.deepEqual(
    [...firstOf(matrix.groups), ...groupsUnindexed].toSorted(),
    groupProperties.map(({ name }) => name).toSorted(),
  );
});
