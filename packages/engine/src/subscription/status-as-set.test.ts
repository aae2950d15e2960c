import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusAsSet, type SubscriptionStatus, type SubscriptionTerm, type TermChange } from './status-as-set.ts';

const day = (n: number): Date => new Date(Date.UTC(2030, 0, n));
const now = day(100);
const term = (status: SubscriptionStatus, endAt: Date | null = day(90)): SubscriptionTerm => ({
  status,
  since: day(90),
  startAt: day(1),
  endAt,
});
const set = (before: SubscriptionTerm, change: TermChange) => {
  const { status, since, endAt } = statusAsSet(before, change, now);
  return [status, since === before.since ? 'as before' : since === now ? 'now' : since, endAt];
};

test('a status that is named begins now, and one that is there already goes on', () => {
  for (const status of ['Warning', 'Suspended', 'Deleted', 'LockedOut'] as const) {
    assert.deepEqual(set(term('Enabled', null), { status }), [status, 'now', null]);
    assert.deepEqual(set(term(status), { status }), [status, 'as before', day(90)]);
  }
});

test('Enabled overrules an end that is over and was not sent with it', () => {
  assert.deepEqual(set(term('Suspended'), { status: 'Enabled' }), ['Enabled', 'now', null]);
  assert.deepEqual(set(term('LockedOut'), { status: 'Enabled' }), ['Enabled', 'now', null]);
  assert.deepEqual(set(term('Suspended', day(200)), { status: 'Enabled' }), ['Enabled', 'now', day(200)]);
  assert.deepEqual(set(term('Suspended'), { status: 'Enabled', endAt: day(80) }), ['Enabled', 'now', day(80)]);
});

test('another end renews what time ended, but nothing that is locked out', () => {
  for (const status of ['Warning', 'Suspended', 'Deleted'] as const) {
    assert.deepEqual(set(term(status), { endAt: day(200) }), ['Enabled', 'now', day(200)]);
    assert.deepEqual(set(term(status), { endAt: null }), ['Enabled', 'now', null]);
    assert.deepEqual(set(term(status), { endAt: day(90) }), [status, 'as before', day(90)]);
    assert.deepEqual(set(term(status), { status, endAt: day(200) }), [status, 'as before', day(200)]);
  }
  assert.deepEqual(set(term('LockedOut'), { endAt: day(200) }), ['LockedOut', 'as before', day(200)]);
});

test('what is to start later is Upcoming, unless a status says that it is over', () => {
  assert.deepEqual(set(term('Enabled', null), { startAt: day(101) }), ['Upcoming', 'now', null]);
  assert.deepEqual(set(term('Enabled', null), { startAt: day(101), status: 'Enabled' }), ['Upcoming', 'now', null]);
  assert.deepEqual(set(term('Upcoming', null), { startAt: day(99) }), ['Enabled', 'now', null]);
  assert.deepEqual(set(term('Suspended'), { startAt: day(2) }), ['Suspended', 'as before', day(90)]);
  assert.deepEqual(set(term('Enabled', null), { startAt: day(101), status: 'LockedOut' }), ['LockedOut', 'now', null]);
});
