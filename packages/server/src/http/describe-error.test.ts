import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notFound } from '@allot/contract';
import { describeError } from './describe-error.ts';
import { defaultLimits } from './limits.ts';

const failure = (code: string, message = 'secret detail'): Error => Object.assign(new Error(message), { code });

const described: readonly (readonly [string, unknown, number, RegExp])[] = [
  ['an error of the closed list', notFound('x'), 404, /^Resource 'x' does not exist/],
  ['an error nobody expected', new Error('secret detail'), 500, /^The server encountered an unexpected error\.$/],
  ['something that is no error', 'secret detail', 500, /^The server encountered an unexpected error\.$/],
  ['an error of a statement', failure('22P02'), 500, /^The server encountered an unexpected error\.$/],
  [
    'a database that does not answer',
    failure('ECONNREFUSED'),
    503,
    /not available at the moment\. Nothing was changed\.$/,
  ],
  ['a database that is starting', failure('57P03'), 503, /Nothing was changed\.$/],
  ['a database that was stopped', failure('57P01'), 503, /Nothing was changed\.$/],
  ['a connection that broke', failure('ECONNRESET'), 503, /Unless it had finished already, nothing was changed\.$/],
  ['a connection that ended', failure('', 'Connection terminated unexpectedly'), 503, /Unless it had finished already/],
  [
    'an error wrapped in another',
    new Error('outer', { cause: failure('ECONNREFUSED') }),
    503,
    /Nothing was changed\.$/,
  ],
  ['a full disk', failure('53100'), 507, /no room left\. Nothing was changed\.$/],
  ['a deadlock', failure('40P01'), 503, /Nothing was changed\.$/],
  ['a body that is too large', failure('FST_ERR_CTP_BODY_TOO_LARGE'), 413, /too large/],
  ['a body of another type', failure('FST_ERR_CTP_INVALID_MEDIA_TYPE'), 415, /not supported/],
  ['a body that is no JSON', failure('FST_ERR_CTP_INVALID_JSON_BODY'), 400, /^Unable to read JSON/],
];
for (const [what, error, status, message] of described) {
  test(`${what} is answered ${status}, says what to do, and says nothing of the inside`, () => {
    const answer = describeError(error, defaultLimits);
    assert.equal(answer.status, status);
    assert.match(answer.message, message);
    assert.ok(answer.advice);
    assert.doesNotMatch(`${answer.message} ${answer.advice}`, /secret/);
    assert.equal(answer.headers?.['retry-after'] !== undefined, status === 503 || status === 507);
  });
}
