import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '@allot/contract';
import type { Caller } from '../sign-in/caller.ts';
import { createThrottle, type Priority, priorityOf, type ThrottleLimits } from './throttle.ts';

const callerOf = (appId: string, tenantId = 'tenant'): Caller => ({
  kind: 'application',
  tenantId,
  appId,
  displayName: appId,
  permissions: new Set(),
});

/** A throttle with a clock that the test sets. `ask` answers headers, or the error. */
function start(limits: ThrottleLimits) {
  const clock = { ms: 1_000_000 };
  const throttle = createThrottle(limits, () => clock.ms);
  const ask = (
    resourceUnits: number,
    writes = 0,
    caller = callerOf('app'),
    priority?: Priority,
  ): Readonly<Record<string, unknown>> => {
    try {
      return throttle(caller, { resourceUnits, writes }, priority);
    } catch (error) {
      assert.ok(error instanceof ApiError);
      return { status: error.status, message: error.message, advice: error.advice, ...error.headers };
    }
  };
  const isRefused = (...asked: Parameters<typeof ask>) => 'status' in ask(...asked);
  return { clock, ask, isRefused };
}

test('resource units up to the limit are given, with how much of it is used from 80 % on; then the answer is 429', () => {
  const { ask } = start({ resourceUnits: 10, writes: 0 });
  assert.deepEqual(ask(5), { 'x-ms-resource-unit': '5' });
  assert.deepEqual(ask(3), { 'x-ms-resource-unit': '3' });
  assert.deepEqual(ask(1), { 'x-ms-resource-unit': '1', 'x-ms-throttle-limit-percentage': '0.9' });
  assert.deepEqual(ask(1), { 'x-ms-resource-unit': '1', 'x-ms-throttle-limit-percentage': '1' });
  assert.deepEqual(ask(3), {
    status: 429,
    message: 'Please retry again later.',
    advice:
      'This application may use 10 resource units in 10 seconds. Send the request again after 3 seconds; the operator may raise ALLOT_THROTTLE_UNITS.',
    'x-ms-resource-unit': '3',
    'x-ms-throttle-limit-percentage': '1.3',
    'retry-after': '3',
    'x-ms-throttle-scope': 'Tenant_Application/ReadWrite/app/tenant',
    'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
  });
});

test('changes have a limit of their own, and a change that is refused takes no resource units', () => {
  const { clock, ask } = start({ resourceUnits: 10, writes: 1 });
  assert.deepEqual(ask(1, 1), { 'x-ms-resource-unit': '1', 'x-ms-throttle-limit-percentage': '1' });
  const refused = ask(1, 1);
  assert.equal(refused['retry-after'], '150');
  assert.equal(refused['x-ms-throttle-scope'], 'Tenant_Application/Write/app/tenant');
  assert.equal(refused['x-ms-throttle-information'], 'WriteLimitExceeded');
  assert.equal(refused['x-ms-throttle-limit-percentage'], '1.8');
  assert.deepEqual(ask(7), { 'x-ms-resource-unit': '7' });
  clock.ms += 150_000;
  assert.deepEqual(ask(1, 1), { 'x-ms-resource-unit': '1', 'x-ms-throttle-limit-percentage': '1' });
});

test('what was used comes back evenly, and whoever waits as long as was said is not refused again', () => {
  const { clock, ask, isRefused } = start({ resourceUnits: 10, writes: 0 });
  ask(10);
  clock.ms += 999;
  assert.ok(isRefused(1));
  clock.ms += 1;
  assert.ok(!isRefused(1));
  assert.ok(isRefused(1));
  for (const units of [1, 3, 7, 10]) {
    const refused = ask(units);
    clock.ms += Number(refused['retry-after']) * 1000;
    assert.ok(!isRefused(units), String(units));
  }
});

test('nobody saves up more than the limit, and no clock that stands still gives anything', () => {
  const { clock, ask, isRefused } = start({ resourceUnits: 10, writes: 0 });
  ask(1);
  clock.ms += 1_000_000;
  assert.ok(!isRefused(10));
  assert.ok(isRefused(1));
});

test('a request that costs more than the limit is done when nothing of the limit is used', () => {
  const { clock, isRefused } = start({ resourceUnits: 2, writes: 0 });
  assert.ok(!isRefused(5));
  assert.ok(isRefused(1));
  clock.ms += 10_000;
  assert.ok(!isRefused(5));
});

test('what can wait is refused first, what is urgent last, and neither takes from what says nothing', () => {
  const { clock, ask, isRefused } = start({ resourceUnits: 10, writes: 10 });
  const app = callerOf('app');
  const isRefusedAs = (priority: Priority) => isRefused(1, 1, app, priority);
  for (let done = 0; done < 8; done += 1) assert.ok(!isRefusedAs('low'), String(done));
  assert.ok(isRefusedAs('low'));
  for (let done = 0; done < 2; done += 1) assert.ok(!isRefusedAs('normal'), String(done));
  assert.ok(isRefusedAs('normal'));
  assert.ok(!isRefusedAs('high'));
  assert.ok(isRefusedAs('high'));
  clock.ms += 15_000;
  // The writes come back more slowly: what ran over is owed first.
  assert.ok(isRefusedAs('normal'));
  assert.ok(!isRefusedAs('high'));
  clock.ms += 1_000_000;
  assert.ok(!isRefused(20, 0, app, 'low'));
  const low = ask(1, 0, app, 'low');
  clock.ms += Number(low['retry-after']) * 1000;
  assert.ok(!isRefused(1, 0, app, 'low'));
});

test('a priority is read without case, and what is not one is Normal', () => {
  const said = ['Low', 'high', ' NORMAL ', undefined, '', 'Lowest', ['Low', 'High']];
  assert.deepEqual(said.map(priorityOf), ['low', 'high', 'normal', 'normal', 'normal', 'normal', 'normal']);
});

test('each application has its own limit in each tenant', () => {
  const { isRefused } = start({ resourceUnits: 1, writes: 0 });
  for (const caller of [callerOf('app'), callerOf('other'), callerOf('app', 'elsewhere')]) {
    assert.ok(!isRefused(1, 0, caller));
    assert.ok(isRefused(1, 0, caller));
  }
});

test('a limit of 0 is none', () => {
  const { ask, isRefused } = start({ resourceUnits: 0, writes: 0 });
  for (let asked = 0; asked < 1000; asked += 1) assert.ok(!isRefused(1000, 1000));
  assert.deepEqual(ask(1, 1), { 'x-ms-resource-unit': '1' });
});

test('ten thousand applications are remembered; who did not ask for longest is forgotten', () => {
  const { isRefused } = start({ resourceUnits: 1, writes: 0 });
  for (let app = 0; app < 10_000; app += 1) isRefused(1, 0, callerOf(String(app)));
  assert.ok(isRefused(1, 0, callerOf('0')));
  isRefused(1, 0, callerOf('one more'));
  assert.ok(isRefused(1, 0, callerOf('0')));
  assert.ok(!isRefused(1, 0, callerOf('1')));
});
