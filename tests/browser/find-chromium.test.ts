import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findChromium } from './browser.ts';

test('a browser is named, or found where systems put it, and without one it is said how to get it', () => {
  assert.equal(findChromium(process.execPath, []), process.execPath);
  assert.equal(findChromium(undefined, ['/nowhere', process.execPath]), process.execPath);
  assert.throws(() => findChromium('/nowhere', [process.execPath]), /CHROMIUM_PATH names \/nowhere, where nothing is/);
  assert.throws(() => findChromium('', ['/nowhere']), /apt-get install chromium.*CHROMIUM_PATH/);
});
