import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeText } from './decode-text.ts';
import { inWords } from './samples/in-words.ts';
import { collect, csv, inChunks } from './samples/sample-streams.ts';
import { splitRows } from './split-rows.ts';

const read = async (text: string, size = text.length || 1, rowCharsMax = 10_000) =>
  (await collect(splitRows(decodeText(inChunks(text, size)), rowCharsMax))).map((item) =>
    'problem' in item ? inWords(item) : item,
  );

test('any cells written as CSV are read back as they were, wherever the chunks end', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', ' ', 'é', '😀', '\t') });
  const row = fc
    .array(cell, { minLength: 2, maxLength: 5 })
    .filter((cells) => cells.some((text) => text.trim() !== ''));
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (rows, size) => {
        // The first line names the columns and decides the delimiter.
        const table = [['one', 'two'], ...rows];
        const found = await read(csv(table), size);
        assert.deepEqual(
          found.map((item) => ('cells' in item ? item.cells : item)),
          table,
        );
      },
    ),
  );
});

test('a row is told by the line it begins on, also after cells with line ends', async () => {
  assert.deepEqual(await read('a,b\r\n"1\r\n2",x\r\n\r\n,\r\ny,z'), [
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1\n2', 'x'] },
    { line: 6, cells: ['y', 'z'] },
  ]);
});

test('semicolons and tabs separate cells when the first line uses them', async () => {
  assert.deepEqual(await read('a;"b,c";d\n1;2;3'), [
    { line: 1, cells: ['a', 'b,c', 'd'] },
    { line: 2, cells: ['1', '2', '3'] },
  ]);
  assert.deepEqual(await read('a\tb\n1,5\t2'), [
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1,5', '2'] },
  ]);
});

test('what stands in quotes does not decide the delimiter, even when the quotes span lines', async () => {
  const members = 'a;b;c;d';
  assert.deepEqual(await read(`x,"${members}\n${members}"\n1,2`), [
    { line: 1, cells: ['x', `${members}\n${members}`] },
    { line: 3, cells: ['1', '2'] },
  ]);
});

test('blanks around quotes do not matter', async () => {
  assert.deepEqual(await read('a, "b;c" ,d\n'), [{ line: 1, cells: ['a', 'b;c', 'd'] }]);
});

test('a quote inside a cell without quotes is reported once, and reading goes on', async () => {
  assert.deepEqual(await read('size,name\n5" x 6",pipe\n7,rod'), [
    { line: 1, cells: ['size', 'name'] },
    {
      line: 2,
      column: 'size',
      problem: 'has a quote inside a cell that is not in quotes: put the cell in quotes and double the quote ("")',
    },
    { line: 3, cells: ['7', 'rod'] },
  ]);
});

test('a quote that ends in the middle of a cell is reported with the line it was opened on', async () => {
  assert.deepEqual(await read('a,b\n1,"x\n2,"y"\n3,z'), [
    { line: 1, cells: ['a', 'b'] },
    {
      line: 2,
      column: 'b',
      problem:
        'has a cell whose quotes, opened on line 2, end in the middle of it on line 3: close the quotes, or double a quote that belongs to the text ("")',
    },
    { line: 4, cells: ['3', 'z'] },
  ]);
});

test('a quote that is never closed is reported where it was opened', async () => {
  assert.deepEqual(await read('a,b\n1,x\n2,"y\n3,z\n'), [
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1', 'x'] },
    {
      line: 3,
      column: 'b',
      problem:
        'the quote opened here is never closed, so the rows up to line 5 cannot be read: close it, or double it ("") if it belongs to the text',
    },
  ]);
});

test('a row that is too long is reported, and reading goes on with the next line', async () => {
  const long = 'x'.repeat(30);
  assert.deepEqual(await read(`a,b\n1,${long}\n2,"${long}\n3,y`, 7, 20), [
    { line: 1, cells: ['a', 'b'] },
    { line: 2, column: 'b', problem: 'the row is longer than 20 characters: shorten it' },
    {
      line: 3,
      column: 'b',
      problem: 'the row is longer than 20 characters: shorten it; perhaps the quote opened on line 3 is not closed',
    },
    { line: 4, cells: ['3', 'y'] },
  ]);
});

test('a row of nothing but delimiters or doubled quotes is refused, not kept', async () => {
  assert.deepEqual(await read(`a,b\n${','.repeat(5_000)}\n"${'""'.repeat(11_000)}"\n1,2`), [
    { line: 1, cells: ['a', 'b'] },
    { line: 2, column: '(column 4098)', problem: 'the row has more than 4096 cells: this is not a table for import' },
    {
      line: 3,
      column: 'a',
      problem: 'the row is longer than 10000 characters: shorten it; perhaps the quote opened on line 3 is not closed',
    },
    { line: 4, cells: ['1', '2'] },
  ]);
});

test('whatever a file holds, it is read to the end and every line is accounted for in order', async () => {
  const hostile = fc.string({
    unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\0', ' ', ';', '\ud83d', 'ü', '""', ',"'),
    maxLength: 200,
    size: 'max',
  });
  await fc.assert(
    fc.asyncProperty(hostile, fc.integer({ min: 1, max: 11 }), async (text, size) => {
      const inPieces = await read(text, size, 50);
      assert.deepEqual(inPieces, await read(text, 1_000, 50));
      for (const [index, item] of inPieces.entries()) assert.ok(item.line > (inPieces[index - 1]?.line ?? 0));
    }),
    { numRuns: 500 },
  );
});

test('a row full of stray quotes costs no more than its length', async () => {
  // With a copy of the cell for every quote this would need terabytes and hours.
  const found = await read(`a,b\n${'x"'.repeat(2_000_000)}\n1,2`, 65_536, 10_000_000);
  assert.deepEqual(
    found.map((item) => [item.line, 'cells' in item]),
    [
      [1, true],
      [2, false],
      [3, true],
    ],
  );
});
