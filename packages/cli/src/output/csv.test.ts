import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvRecord } from './csv.ts';

test('cells with commas, quotes or line ends are quoted as RFC 4180 says', () => {
  assert.equal(csvRecord(['a,b', 'say "hi"', 'two\nlines', 'plain']), '"a,b","say ""hi""","two\nlines",plain\r\n');
});

test('blanks around a text survive a reader that trims', () => {
  assert.equal(csvRecord([' a', 'b ']), '" a","b "\r\n');
});

test('text that a spreadsheet would run gets an apostrophe, numbers do not', () => {
  assert.equal(
    csvRecord(['=1+1', '+49 30 1', '-x', '@cmd', '＝1', -3, true]),
    "'=1+1,'+49 30 1,'-x,'@cmd,'＝1,-3,true\r\n",
  );
  assert.equal(csvRecord(['\t=1+1']), "'\t=1+1\r\n");
  assert.equal(csvRecord([['=1', 'b']]), "'=1; b\r\n");
});

test('nothing is an empty cell', () => {
  assert.equal(csvRecord([null, '', []]), ',,\r\n');
});
