import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryIo } from '../testing/memory-io.ts';
import { progressOf } from './progress.ts';

test('in a log, progress is one line per 10 %', () => {
  const io = memoryIo();
  const progress = progressOf('users.csv', 1000, io);
  for (let sent = 5; sent <= 1000; sent += 5) progress.at(sent);
  progress.sent();
  progress.end();
  const expected = Array.from({ length: 10 }, (_, index) => `users.csv: ${(index + 1) * 10} % sent\n`).join('');
  assert.equal(io.written.err, expected);
});

test('a small file, sent at once, is one line', () => {
  const io = memoryIo();
  progressOf('users.csv', 100, io).at(100);
  assert.equal(io.written.err, 'users.csv: 100 % sent\n');
});

test('on a terminal, progress is a bar that stays on one line and goes away', () => {
  const io = memoryIo({ columns: 60 });
  const progress = progressOf('users.csv', 1000, io);
  progress.at(500);
  assert.equal(io.written.err, `\r\u001b[Kusers.csv [${'#'.repeat(19)}${'-'.repeat(20)}]  50 %`);
  progress.end();
  assert.ok(io.written.err.endsWith('\r\u001b[K'));
  assert.ok(!io.written.err.includes('\n'));
});
