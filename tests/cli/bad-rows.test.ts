import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import { rowsOfLines } from '../../packages/cli/src/import/rows-of-lines.ts';
import { decodeText } from '../../packages/server/src/imports/decode-text.ts';
import { splitRows } from '../../packages/server/src/imports/split-rows.ts';
import type { Row } from '../../packages/server/src/imports/split-rows.ts';

const rowCharsMax = 10_000;

async function* one(text: string): AsyncGenerator<string> {
  yield text;
}

/** The rows as the server reads them; what is not CSV is left out. */
async function rowsOf(text: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const found of splitRows(decodeText(one(text)), rowCharsMax)) if ('cells' in found) rows.push(found);
  return rows;
}

test('the row that the command line finds by its line is the row that the server read there', async () => {
  const parts = fc.constantFrom('a', 'b', ',', ';', '"', '""', '\n', '\r\n', '\r', ' ', '\t', ',"', '",', '"\n');
  const text = fc.array(parts, { maxLength: 40 }).map((body) => `h1,h2\n${body.join('')}`);
  await fc.assert(
    fc.asyncProperty(text, async (file) => {
      for (const row of (await rowsOf(file)).slice(1)) {
        let picked = '';
        for await (const piece of rowsOfLines(one(file), new Set([row.line]))) picked += piece;
        const [header, found, ...others] = await rowsOf(picked);
        assert.deepEqual(header?.cells, ['h1', 'h2']);
        assert.deepEqual([found?.cells, others], [row.cells, []], JSON.stringify([file, picked]));
      }
    }),
    { numRuns: 2000 },
  );
});
