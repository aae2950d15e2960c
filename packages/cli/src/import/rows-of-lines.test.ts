import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rowsOfLines } from './rows-of-lines.ts';

async function* piecesOf(text: string, sizes: readonly number[]): AsyncGenerator<string> {
  let at = 0;
  for (let piece = 0; at < text.length; piece += 1) {
    const size = sizes.length === 0 ? text.length : (sizes[piece % sizes.length] ?? 1);
    yield text.slice(at, at + size);
    at += size;
  }
}

async function pick(text: string, lines: readonly number[], sizes: readonly number[] = []): Promise<string> {
  let picked = '';
  for await (const part of rowsOfLines(piecesOf(text, sizes), new Set(lines))) picked += part;
  return picked;
}

test('the header and the rows asked for come out byte for byte', async () => {
  assert.equal(await pick('h1,h2\r\na,1\r\nb,2\r\nc,3', [3]), 'h1,h2\r\nb,2\r\n');
  assert.equal(await pick('h1,h2\na,1\nb,2\nc,3', [2, 4]), 'h1,h2\na,1\nc,3');
});

test('a row over several lines comes whole, whichever of its lines is asked for', async () => {
  const text = 'h1,h2\na,"one\ntwo, ""three""\nfour"\nb,2\n';
  const row = 'h1,h2\na,"one\ntwo, ""three""\nfour"\n';
  for (const line of [2, 3, 4]) assert.equal(await pick(text, [line]), row);
});

test('a stray quote spoils its row and no other', async () => {
  const text = 'h1,h2\na "x,1\nb,2\n"c"d,"3\ne,4\n';
  assert.equal(await pick(text, [2]), 'h1,h2\na "x,1\n');
  assert.equal(await pick(text, [4]), 'h1,h2\n"c"d,"3\n');
});

test('a quote that is never closed takes all the rest', async () => {
  assert.equal(await pick('h\na\n"b\nc\nd\n', [3]), 'h\n"b\nc\nd\n');
});

test('blank lines before the header are left out', async () => {
  assert.equal(await pick('\n  \nh\na\nb\n', [5]), 'h\nb\n');
});

test('it does not matter in what pieces the text comes', async () => {
  const text = fc
    .array(fc.constantFrom('a', ',', ';', '"', '\n', '\r', '\r\n', ' '), { maxLength: 60 })
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
      async (whole, lines, sizes) => assert.equal(await pick(whole, lines, sizes), await pick(whole, lines)),
    ),
  );
});
