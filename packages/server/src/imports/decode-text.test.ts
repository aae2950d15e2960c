import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeText } from './decode-text.ts';
import { collect, inChunks } from './samples/sample-streams.ts';

const decode = async (content: Buffer | string, size = 3) =>
  (await collect(decodeText(inChunks(content, size)))).join('');

const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

test('UTF-8, with and without a byte-order mark, and UTF-16 with one are the same text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 5 }), async (any, size) => {
      const text = any.replaceAll(/[\r\ufeff]/g, '');
      assert.equal(await decode(Buffer.from(text), size), text);
      assert.equal(await decode(Buffer.from(`\ufeff${text}`), size), text);
      assert.equal(await decode(Buffer.from(`\ufeff${text}`, 'utf16le'), size), text);
      assert.equal(await decode(bigEndian(`\ufeff${text}`), size), text);
      assert.equal(await decode(text, size), text);
    }),
  );
});

test('every kind of line end becomes a line feed, also when it falls between two chunks', async () => {
  for (const size of [1, 2, 3, 100]) assert.equal(await decode('a\r\nb\rc\nd\r', size), 'a\nb\nc\nd\n');
});

test('bytes that are not UTF-8 are marked, or their line is read as Windows-1252 and told', async () => {
  const content = Buffer.concat([Buffer.from('plain\nPrivacy '), Buffer.from([0x96]), Buffer.from(' risk\nZürich')]);
  assert.equal(await decode(content), 'plain\nPrivacy \ufffd risk\nZürich');
  for (const size of [1, 7, 100]) {
    const lines: number[] = [];
    const text = (await collect(decodeText(inChunks(content, size), (line) => lines.push(line)))).join('');
    assert.equal(text, 'plain\nPrivacy – risk\nZürich');
    assert.deepEqual(lines, [2]);
  }
});
