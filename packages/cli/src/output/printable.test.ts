import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutTo, displayWidth, printable, wrapTo } from './printable.ts';

test('an escape sequence or an override in a name cannot reach the terminal', () => {
  assert.equal(printable('a\u001b[2Jb\u202ec\u0085d'), 'a\u{fffd}[2Jb\u{fffd}c\u{fffd}d');
  assert.equal(printable('two\r\nlines\tand a tab'), 'two lines and a tab');
  assert.equal(printable('Zoë 東京 👩‍💻'), 'Zoë 東京 👩‍💻');
});

test('wide characters take two columns, combining ones none', () => {
  assert.equal(displayWidth('abc'), 3);
  assert.equal(displayWidth('東京'), 4);
  assert.equal(displayWidth('Zoe\u0308'), 3);
  assert.equal(displayWidth('👩‍💻'), 2);
  assert.equal(displayWidth('ｆｕｌｌ'), 8);
});

test('a text that is cut fits, and says by an ellipsis that it was cut', () => {
  assert.equal(cutTo('Sales Europe', 12), 'Sales Europe');
  assert.equal(cutTo('Sales Europe', 6), 'Sales…');
  assert.equal(cutTo('東京支店', 5), '東京…');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 30 }), (text, width) => {
      assert.ok(displayWidth(cutTo(text, width)) <= width);
    }),
  );
});

test('wrapping loses no character but blanks, and no line is wider than asked', () => {
  assert.deepEqual(wrapTo('No seat of ENTERPRISEPACK is free.', 16), ['No seat of', 'ENTERPRISEPACK', 'is free.']);
  assert.deepEqual(wrapTo('EXCHANGE_S_ENTERPRISE', 8), ['EXCHANGE', '_S_ENTER', 'PRISE']);
  assert.deepEqual(wrapTo('', 8), ['']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.integer({ min: 2, max: 30 }), (text, width) => {
      const lines = wrapTo(text, width);
      assert.ok(lines.every((line) => displayWidth(line) <= width));
      assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
    }),
  );
});
