import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellOf } from '../../packages/portal/src/parts/table/csv-cell.ts';

test('a cell is quoted where it must be, and a name that a spreadsheet would take for a formula is not one', () => {
  assert.deepEqual(
    [undefined, 7, true, 'Ada', 'a,b', 'say "hi"', 'two\nlines', '=1+1', '@sum', '-2', '+3, four'].map(cellOf),
    ['', '7', 'true', 'Ada', '"a,b"', '"say ""hi"""', '"two\nlines"', "'=1+1", "'@sum", "'-2", `"'+3, four"`],
  );
});
