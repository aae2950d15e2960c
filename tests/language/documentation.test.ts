import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { operatorNames } from '../../packages/engine/src/rules/operators.ts';
import { propertiesIn } from '../../packages/engine/src/rules/properties.ts';

test('docs/membership-rules.md has every property and every operator', async () => {
  const text = await readFile(new URL('../../docs/membership-rules.md', import.meta.url), 'utf8');
  const names = propertiesIn(undefined)
    .map(({ name }) => name.replace('user.', ''))
    .filter((name) => !/^extensionAttribute(?:[2-9]|1[0-4])$/.test(name));
  const missing = [...names, ...operatorNames.map((name) => `-${name}`)].filter(
    (name) => !text.includes(`\`${name}\``),
  );
  assert.deepEqual(missing, []);
});
