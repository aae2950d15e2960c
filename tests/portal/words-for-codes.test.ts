import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { activities } from '@allot/store';
import {
  auditReasonCodes,
  errorCodes,
  importSentenceCodes,
  licenseReasonCodes,
  refusalCodes,
  ruleFailureCodes,
  ruleFaultCodes,
  ruleHintCodes,
} from '@allot/contract';
import { ruleFaults, ruleHints } from '@allot/engine';
import { activities as shownActivities } from '../../packages/portal/src/text/use-activity.ts';
import { importSentences } from '../../packages/server/src/imports/import-sentences.ts';
import { ruleFailures } from '../../packages/server/src/operations/rules/rule-failure.ts';
import { roles } from '../../packages/server/src/sign-in/roles.ts';

const here = join(import.meta.dirname, '../../packages/portal/src/text');

const wordsOf = (language: string, namespace: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join(here, language, `${namespace}.json`), 'utf8'));

/** Lists of the product that grow, and the text that has words for each of their entries. */
const lists: readonly (readonly [namespace: string, codes: readonly string[], keysOf: (code: string) => string[]])[] = [
  ['activities', activities, (activity) => [activity]],
  ['audit', auditReasonCodes.filter((code) => !refusalCodes.some((one) => one === code)), (code) => [`reason_${code}`]],
  ['import-sentences', importSentenceCodes, (code) => [code]],
  ['problems', [...errorCodes, ...refusalCodes], (code) => [code]],
  ['reasons', licenseReasonCodes, (code) => [`error_${code}`, `why_${code}`]],
  ['rule-problems', [...ruleFaultCodes, ...ruleFailureCodes], (code) => [code]],
  ['rule-problems', ruleHintCodes, (code) => [`hint_${code}`]],
  ['roles', roles.map(({ displayName }) => displayName), (name) => [name, `about_${name}`]],
];

for (const language of ['en', 'fr', 'nl', 'zh-hant']) {
  for (const [namespace, codes, keysOf] of lists) {
    test(`${language} has words for everything that the server says by code: ${namespace}`, () => {
      const words = wordsOf(language, namespace);
      assert.deepEqual(
        codes.flatMap(keysOf).filter((key) => !words[key]),
        [],
      );
    });
  }
}

test('the English words for what is wrong with a rule are the sentences of the server, one for each code', () => {
  const hints = Object.entries(ruleHints).map(([code, sentence]) => [`hint_${code}`, sentence]);
  assert.deepEqual(wordsOf('en', 'rule-problems'), { ...ruleFaults, ...Object.fromEntries(hints), ...ruleFailures });
  assert.deepEqual([...ruleFaultCodes].toSorted(), Object.keys(ruleFaults).toSorted());
  assert.deepEqual([...ruleHintCodes].toSorted(), Object.keys(ruleHints).toSorted());
});

test('the English words for what is wrong with a file are the sentences of the server', () => {
  assert.deepEqual(wordsOf('en', 'import-sentences'), importSentences);
});

test('what the audit log can be filtered by is all that it can hold', () => {
  assert.deepEqual(shownActivities.toSorted(), activities.toSorted());
});

test('a role is called and described in English as the server does it', () => {
  assert.deepEqual(
    wordsOf('en', 'roles'),
    Object.fromEntries(
      roles.flatMap(({ displayName, description }) => [
        [displayName, displayName],
        [`about_${displayName}`, description],
      ]),
    ),
  );
});
