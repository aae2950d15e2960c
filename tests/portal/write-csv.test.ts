import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { clientCredentials, createClient } from '@allot/contract';
import { listPath } from '../../packages/portal/src/parts/table/list-path.ts';
import { type CsvColumn, writeCsv } from '../../packages/portal/src/parts/table/write-csv.ts';
import { testServer } from '../server.ts';

const server = await testServer({ after }, { demo: true });
const client = createClient(server.baseUrl, clientCredentials(server));
const path = listPath('/v1.0/users', { select: ['id', 'displayName'], sort: 'displayName' });

interface User {
  readonly id: string;
  readonly displayName: string;
}
const columns: readonly CsvColumn<User>[] = [
  ['id', ({ id }) => id],
  ['name, as shown', ({ displayName }) => displayName],
];

test('a file has every row of a list once, in the order of the list, in as few requests as Graph allows', async () => {
  const told: number[] = [];
  const file = await writeCsv(client, path, columns, (rows) => told.push(rows), new AbortController().signal);
  // Written as bytes: a text decoder would take the mark away.
  const bytes = Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer());
  const [heading, ...lines] = bytes.toString().split('\r\n');
  assert.equal(heading, '\uFEFFid,"name, as shown"');
  assert.equal(lines.pop(), '');
  const ids: string[] = [];
  for await (const page of client.pages<User>(path)) ids.push(...page.map(({ id }) => id));
  assert.deepEqual(
    lines.map((line) => line.slice(0, line.indexOf(','))),
    ids,
  );
  assert.deepEqual(told, [999, ids.length]);
});

test('whoever stops it gets no file', async () => {
  const stopped = new AbortController();
  assert.equal(await writeCsv(client, path, columns, () => stopped.abort(), stopped.signal), undefined);
});
