import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FollowedRule, PendingRule } from '@allot/store';
import { anyMembership, RuleWork } from '../../packages/server/src/operations/rules/rule-work.ts';

const rule = (groupId: string, ...reads: readonly string[]): FollowedRule => ({
  groupId,
  displayName: groupId,
  rule: '',
  reads,
});
const row = (values: Partial<PendingRule>): PendingRule => ({
  seq: 1,
  userNo: null,
  cohortNos: null,
  groupId: null,
  reads: null,
  correlationId: null,
  ...values,
});

/** What is done, in order; after each step the members of the groups named change. */
function doneOf(work: RuleWork, changes: Readonly<Record<string, readonly number[]>> = {}) {
  const done: (readonly [rules: readonly string[], users: readonly number[] | 'everybody'])[] = [];
  for (let next = work.next(); next !== undefined; next = work.next()) {
    const groupIds = next.rules.map(({ groupId }) => groupId);
    done.push([groupIds, next.scope?.userNos ?? 'everybody']);
    for (const groupId of groupIds) if (changes[groupId]) work.membersChanged(groupId, changes[groupId]);
  }
  return done;
}

const [sales, paris] = [rule('sales', 'department'), rule('paris', 'city', 'department')];

test('only rules that read what changed are looked at, and only for whom it changed', () => {
  const rules = [sales, paris, rule('boss', 'manager')];
  assert.deepEqual(doneOf(new RuleWork(rules, [row({ userNo: 7, reads: ['city'] })])), [[['paris'], [7]]]);
  assert.deepEqual(doneOf(new RuleWork(rules, [row({ userNo: 7, reads: ['department'] })])), [
    [['sales', 'paris'], [7]],
  ]);
  assert.deepEqual(doneOf(new RuleWork(rules, [row({ userNo: 7, reads: ['mail'] })])), []);
  assert.deepEqual(doneOf(new RuleWork(rules, [row({ userNo: 7 })])), [[['sales', 'paris', 'boss'], [7]]]);
  assert.deepEqual(doneOf(new RuleWork(rules, [row({ groupId: 'boss' })])), [[['boss'], 'everybody']]);
});

test('rules asked about the same users are asked together, others apart', () => {
  const rows = [row({ userNo: 1, reads: ['city'] }), row({ userNo: 2, reads: ['department'] })];
  assert.deepEqual(doneOf(new RuleWork([sales, paris], rows)), [
    [['paris'], [1, 2]],
    [['sales'], [2]],
  ]);
});

test('a rule over members of groups comes after the rules of those, for whoever came or went', () => {
  const rules = [rule('top', 'memberof:middle'), rule('middle', 'memberof:sales'), sales, rule('other', 'memberof:x')];
  const rows = [row({ userNo: 1, reads: ['department'] }), row({ userNo: 2, reads: ['department'] })];
  assert.deepEqual(doneOf(new RuleWork(rules, rows)), [[['sales'], [1, 2]]]);
  assert.deepEqual(doneOf(new RuleWork(rules, rows), { sales: [2], middle: [2] }), [
    [['sales'], [1, 2]],
    [['middle'], [2]],
    [['top'], [2]],
  ]);
  const byHand = [row({ userNo: 3, reads: [anyMembership] })];
  assert.deepEqual(doneOf(new RuleWork(rules, byHand)), [
    [['other'], [3]],
    [['middle'], [3]],
    [['top'], [3]],
  ]);
});
