import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditPath } from '../../packages/portal/src/pages/audit/audit-entry.ts';
import { readChangedValue } from '../../packages/portal/src/pages/audit/changed-value.ts';
import { periodDays } from '../../packages/portal/src/pages/settings/organization/period.ts';

test('licenses in the audit log are read in both forms in which they are written', () => {
  const skuId = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
  const license = { kind: 'licenses', licenses: [{ skuId, disabledPlans: ['A', 'B'] }] };
  assert.deepEqual(
    readChangedValue(JSON.stringify([`[SkuName=VISIOCLIENT, SkuId=${skuId}, DisabledPlans=[A, B]]`])),
    license,
  );
  assert.deepEqual(readChangedValue(JSON.stringify([{ productId: skuId, disabledPlans: ['A', 'B'] }])), license);
});

test('other values of the audit log are read as what they are, also those that are no JSON', () => {
  assert.deepEqual([null, '[]', 'null', 'true', '130', '"US"', '["CN"]', '[Users: 10.]'].map(readChangedValue), [
    { kind: 'nothing' },
    { kind: 'nothing' },
    { kind: 'nothing' },
    { kind: 'flag', isOn: true },
    { kind: 'text', text: '130' },
    { kind: 'text', text: 'US' },
    { kind: 'list', items: ['CN'] },
    { kind: 'text', text: '[Users: 10.]' },
  ]);
});

test('the outcome of group-based licensing is read as two numbers, so that every language says it', () => {
  const written = '[Users successfully assigned licenses: 12, Users for whom license assignment failed: 3.]';
  assert.deepEqual(readChangedValue(written), { kind: 'outcome', done: 12, failed: 3 });
});

test('filters of the audit log become one filter of Graph, and what somebody typed stays a text', () => {
  const filter = new URLSearchParams(auditPath({ activity: 'Add group', target: "O'Hara" }).split('?')[1]).get(
    '$filter',
  );
  assert.equal(
    filter,
    "activityDisplayName eq 'Add group' and targetResources/any(t:startsWith(t/displayName,'O''Hara'))",
  );
  assert.equal(auditPath({ correlation: "x' or true", from: 'today' }), '/v1.0/auditLogs/directoryAudits?$top=100');
});

test('periods of days and weeks are days; those of months and years are not', () => {
  assert.deepEqual(['P30D', 'P2W', 'P1W1D', 'P0D', 'P1M', 'P1Y', 'P'].map(periodDays), [
    30,
    14,
    8,
    0,
    undefined,
    undefined,
    undefined,
  ]);
});
