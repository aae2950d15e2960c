import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAnswer } from './check-answer.ts';

const json = 'application/json; charset=utf-8';
const answer = (path: string, body: unknown, status = 200, method = 'GET') => ({
  method,
  path,
  status,
  contentType: json,
  text: JSON.stringify(body),
});
const id = '6fd2c87f-b296-42f0-b197-1e91e994b900';
const error = {
  code: 'Request_ResourceNotFound',
  message: 'x',
  innerError: { date: 'x', 'request-id': id, 'client-request-id': id },
};

const right = [
  answer('/v1.0/users', { value: [{ id, '@odata.type': '#microsoft.graph.user', extension_a_b: 'x' }] }),
  answer("/BETA/Users('a')/graph.assignLicense?x=y", { id }, 200, 'POST'),
  answer('/v1.0/users/a', { error }, 404),
  answer('/allot/v1/processing', { pending: 0, groups: [] }),
  { ...answer('/v1.0/groups/a', undefined, 204, 'PATCH'), contentType: null, text: '' },
  answer('/nothing/of/ours', { anything: true }),
];
const wrong: readonly (readonly [string, ReturnType<typeof answer>, RegExp])[] = [
  ['a property that nobody described', answer('/v1.0/users', { value: [{ id, nothing: 1 }] }), /additional properties/],
  ['a property of another type', answer('/v1.0/groups/a', { mailEnabled: 'no' }), /must be boolean/],
  ['a property that is missing', answer('/allot/v1/processing', { pending: 0 }), /required property 'groups'/],
  ['what only beta has', answer('/v1.0/groups/a', { membershipRuleProcessingStatus: null }), /additional properties/],
  ['another status', answer('/v1.0/users', { id }, 202, 'POST'), /no such status/],
  ['a body where there is none', answer('/v1.0/users/a', {}, 204, 'PATCH'), /a body where none is described/],
  ['an error of another shape', answer('/v1.0/users', { error: { code: 'x' } }, 400), /required property 'message'/],
  ['an error that nobody named', answer('/v1.0/users', { error: { ...error, code: 'x' } }, 400), /allowed values/],
  ['a text for JSON', { ...answer('/v1.0/users', 'x'), contentType: 'text/plain' }, /text\/plain/],
];

test('answers that the documents describe pass, and so does what they do not speak of', () => {
  for (const one of right) checkAnswer(one);
});

for (const [what, sent, message] of wrong) {
  test(`an answer with ${what} fails`, () => {
    assert.throws(() => checkAnswer(sent), message);
  });
}
