import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readScenarios } from './read-scenarios.ts';
import { ruleTitles } from './rule-titles.ts';
import { notShownYet, rulesPage } from './rules-page.ts';
import { runners, whyNot } from './runners.ts';

const page = join(import.meta.dirname, '../../docs/rules.md');

test('docs/rules.md lists the scenarios there are (node tools/write-rules-page.ts writes it)', () => {
  assert.equal(readFileSync(page, 'utf8'), rulesPage(readScenarios()));
});

test('every scenario runs somewhere, and names each rule once', () => {
  for (const scenario of readScenarios()) {
    assert.ok(
      runners.some((runner) => whyNot(scenario, runner) === undefined),
      `${scenario.id} runs nowhere`,
    );
    assert.deepEqual(scenario.rules, [...new Set(scenario.rules)], scenario.place);
  }
});

test('every rule is shown by a scenario, or said to be not shown yet', () => {
  const shown = new Set(readScenarios().flatMap(({ rules }) => rules));
  const unshown = [...ruleTitles.keys()].filter((rule) => !shown.has(rule));
  assert.deepEqual(
    unshown,
    [...notShownYet].flatMap(([rule, { isAll }]) => (isAll ? rule : [])),
  );
});
