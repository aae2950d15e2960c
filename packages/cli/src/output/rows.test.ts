import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryIo } from '../testing/memory-io.ts';
import type { Column } from './column.ts';
import { rowWriter } from './rows.ts';

interface Seat {
  readonly name: string;
  readonly id: string;
  readonly free: number;
  readonly groups: readonly string[];
  readonly why: string;
}

const columns: readonly Column<Seat>[] = [
  { key: 'name', heading: 'Name', value: ({ name }) => name },
  { key: 'id', heading: 'Id', value: ({ id }) => id, whole: true },
  { key: 'free', heading: 'Free', value: ({ free }) => free },
  { key: 'groups', value: ({ groups }) => groups },
  { key: 'details', value: ({ name }) => ({ name }), jsonOnly: true },
  { key: 'why', heading: 'Why', value: ({ why }) => why, wraps: true },
];

const e3: Seat = { name: 'Office 365 E3', id: '6fd2c87f', free: 1200, groups: ['Sales', 'HR'], why: '' };
const e1: Seat = {
  name: 'E1',
  id: '18181a46',
  free: -3,
  groups: [],
  why: 'Seats were taken away and 3 more are used.',
};

async function print(format: 'table' | 'json' | 'csv', batches: readonly (readonly Seat[])[], terminalWidth?: number) {
  const io = memoryIo(terminalWidth === undefined ? {} : { columns: terminalWidth });
  const writer = rowWriter(columns, format, io, 'No seats.');
  for (const batch of batches) await writer.rows(batch);
  await writer.end();
  return io.written.out;
}

// A terminal gets bold headings unless NO_COLOR is set where the tests run.
const plain = (text: string): string => text.replaceAll('\u001b[1m', '').replaceAll('\u001b[22m', '');

test('a table aligns text to the left and numbers to the right', async () => {
  assert.equal(
    await print('table', [[e3, e1]]),
    [
      'NAME           ID         FREE  WHY',
      'Office 365 E3  6fd2c87f  1,200',
      'E1             18181a46     -3  Seats were taken away and 3 more are used.',
      '',
    ].join('\n'),
  );
});

test('a table keeps within the terminal: what does not fit beside a row stands below it', async () => {
  assert.equal(
    plain(await print('table', [[e3, e1]], 40)),
    [
      'NAME           ID         FREE',
      '    WHY',
      'Office 365 E3  6fd2c87f  1,200',
      'E1             18181a46     -3',
      '    Seats were taken away and 3 more are',
      '    used.',
      '',
    ].join('\n'),
  );
});

test('a terminal that is too narrow cuts names, never ids', async () => {
  assert.match(plain(await print('table', [[e3]], 29)), /^Office 365 … {2}6fd2c87f {2}1,200$/m);
});

test('rows that come later keep the layout of the first page', async () => {
  assert.equal(
    await print('table', [[e1], [e3]]),
    [
      'NAME  ID        FREE  WHY',
      'E1    18181a46    -3  Seats were taken away and 3 more are used.',
      'Office 365 E3  6fd2c87f  1,200',
      '',
    ].join('\n'),
  );
});

test('JSON is one array with all there is, however many pages it came in', async () => {
  const text = await print('json', [[e3], [], [e1]]);
  assert.deepEqual(JSON.parse(text), [
    {
      name: 'Office 365 E3',
      id: '6fd2c87f',
      free: 1200,
      groups: ['Sales', 'HR'],
      details: { name: 'Office 365 E3' },
      why: '',
    },
    { name: 'E1', id: '18181a46', free: -3, groups: [], details: { name: 'E1' }, why: e1.why },
  ]);
  assert.equal(text.split('\n').length, 5);
});

test('CSV has one header, and keys as scripts know them', async () => {
  assert.equal(
    await print('csv', [[e3], [e1]]),
    `name,id,free,groups,why\r\nOffice 365 E3,6fd2c87f,1200,Sales; HR,\r\nE1,18181a46,-3,,${e1.why}\r\n`,
  );
});

test('an empty list is a sentence for people, an empty array in JSON, a header in CSV', async () => {
  assert.equal(await print('table', [[]]), 'No seats.\n');
  assert.deepEqual(JSON.parse(await print('json', [])), []);
  assert.equal(await print('csv', [[]]), 'name,id,free,groups,why\r\n');
});
