import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startGraph, textOf } from '../graph/graph-server.ts';

const graph = await startGraph({ after });

const newGroup = (values: Readonly<Record<string, unknown>> = {}) => ({
  displayName: 'By rule',
  mailEnabled: false,
  mailNickname: 'rule',
  securityEnabled: true,
  groupTypes: ['DynamicMembership'],
  membershipRule: 'user.department -eq "Sales"',
  membershipRuleProcessingState: 'On',
  ...values,
});

let users = 0;

async function createUser(values: Readonly<Record<string, unknown>>): Promise<string> {
  users += 1;
  const { status, body } = await graph.call('POST', '/v1.0/users', {
    accountEnabled: true,
    displayName: `User ${users}`,
    mailNickname: `rule${users}`,
    userPrincipalName: `rule${users}@test.example`,
    passwordProfile: { password: 'Not-kept-1' },
    ...values,
  });
  assert.equal(status, 201, JSON.stringify(body));
  return textOf(body['id']);
}

async function createGroup(values: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { status, body } = await graph.call('POST', '/v1.0/groups', newGroup(values));
  assert.equal(status, 201, JSON.stringify(body));
  return textOf(body['id']);
}

test('a group by rule is made, shown, changed and made static as in Graph, and its members follow (L-26)', async () => {
  const user = await createUser({ department: 'Sales' });
  const group = await createGroup();
  const shown = await graph.call('GET', `/v1.0/groups/${group}`);
  assert.deepEqual(shown.body['groupTypes'], ['DynamicMembership']);
  assert.equal(shown.body['membershipRule'], 'user.department -eq "Sales"');
  assert.equal(shown.body['membershipRuleProcessingState'], 'On');
  const statusOf = async () =>
    (await graph.call('GET', `/beta/groups/${group}?$select=membershipRuleProcessingStatus`)).body[
      'membershipRuleProcessingStatus'
    ];
  assert.deepEqual(await statusOf(), { status: 'NotStarted', lastMembershipUpdated: null, errorMessage: null });
  await graph.settle();
  const status = await statusOf();
  assert.equal(status?.['status'], 'Succeeded');
  assert.match(textOf(status?.['lastMembershipUpdated']), /^\d{4}-.*Z$/);
  const members = await graph.call('GET', `/v1.0/groups/${group}/members?$select=id`);
  assert.deepEqual(members.body['value'], [{ '@odata.type': '#microsoft.graph.user', id: user }]);

  const refused = await graph.call('DELETE', `/v1.0/groups/${group}/members/${user}/$ref`);
  assert.equal(refused.status, 403);
  assert.equal(refused.body['error']?.['code'], 'Authorization_RequestDenied');

  const made = await graph.call('PATCH', `/v1.0/groups/${group}`, { groupTypes: [] });
  assert.equal(made.status, 204);
  const fixed = await graph.call('GET', `/beta/groups/${group}?$select=membershipRule,membershipRuleProcessingStatus`);
  assert.equal(fixed.body['membershipRule'], null);
  assert.equal(fixed.body['membershipRuleProcessingStatus'], null);
  assert.equal((await graph.call('DELETE', `/v1.0/groups/${group}/members/${user}/$ref`)).status, 204);
});

test('a rule that is none is refused with its place, the reason and what to write instead', async () => {
  for (const [membershipRule, message, advice] of [
    [
      'user.departmnt -eq "Sales"',
      "Attribute not supported: 'user.departmnt' is not a property.",
      /Did you mean user\.department\? .*character 1\./,
    ],
    ['user.department -gt "Sales"', "Query compilation error: '-gt' is not an operator.", /Use one of|Did you mean/],
    [
      'user.accountEnabled -contains "x"',
      "Operator isn't supported on attribute: -contains does not go with",
      /takes -eq, -ne/,
    ],
    ['user.department -eq "Sales', 'Query compilation error: ', /Close the value/],
    [`user.department -eq "${'x'.repeat(4_000)}"`, 'One or more property values', /3072 characters/],
    ['user.department -match "(a+"', 'Query compilation error: "(a+" is not a regular expression.', /Close every/],
    [
      'user.department -match "(a)\\1"',
      'Query compilation error: "(a)\\1" has a reference back to a group',
      /Write the text out/,
    ],
    [
      'user.memberof -any (group.objectId -eq "99999999-9999-4999-8999-999999999999")',
      "The rule reads the members of group '99999999-9999-4999-8999-999999999999', which does not exist.",
      /Correct the id/,
    ],
    [
      'device.displayName -eq "x"',
      "Attribute not supported: 'device.displayName' is about devices.",
      /Licenses are for users/,
    ],
  ] as const) {
    const { status, body } = await graph.call('POST', '/v1.0/groups', newGroup({ membershipRule }));
    assert.equal(status, 400, membershipRule);
    const error = body['error'];
    assert.ok(textOf(error?.['message']).startsWith(message), `${membershipRule}: ${textOf(error?.['message'])}`);
    assert.match(JSON.stringify(error), advice);
  }
  const missing = await graph.call('POST', '/v1.0/groups', newGroup({ membershipRule: undefined }));
  assert.equal(
    missing.body['error']?.['message'],
    "A value is required for property 'membershipRule' of resource 'Group'.",
  );
  const bound = await graph.call('POST', '/v1.0/groups', {
    ...newGroup(),
    'members@odata.bind': [`https://graph.microsoft.com/v1.0/directoryObjects/${await createUser({})}`],
  });
  assert.equal(bound.status, 403);
});

test('evaluateDynamicMembership tells the outcome of every part and the value that it was compared with', async () => {
  const user = await createUser({ department: 'Sales', city: 'Paris', otherMails: ['a@b.example'] });
  const rule =
    '(user.department -eq "sales") -and -not (user.city -startsWith "R" -or user.otherMails -any (_ -endsWith ".org"))';
  const { status, body } = await graph.call('POST', '/beta/groups/evaluateDynamicMembership', {
    memberId: user,
    membershipRule: rule,
  });
  assert.equal(status, 200, JSON.stringify(body));
  const leaf = (expression: string, expressionResult: boolean, propertyName: string, propertyValue: string) => ({
    expression,
    expressionResult,
    propertyToEvaluate: { propertyName, propertyValue },
    expressionEvaluationDetails: [],
  });
  assert.deepEqual(body, {
    '@odata.context': 'http://licenses.example/beta/$metadata#microsoft.graph.evaluateDynamicMembershipResult',
    membershipRule: rule,
    membershipRuleEvaluationResult: true,
    membershipRuleEvaluationDetails: {
      expression: 'and',
      expressionResult: true,
      expressionEvaluationDetails: [
        leaf('(user.department -eq "sales")', true, 'department', 'Sales'),
        {
          expression: 'not',
          expressionResult: true,
          expressionEvaluationDetails: [
            {
              expression: 'or',
              expressionResult: false,
              expressionEvaluationDetails: [
                leaf('user.city -startsWith "R"', false, 'city', 'Paris'),
                leaf('user.otherMails -any (_ -endsWith ".org")', false, 'otherMails', '["a@b.example"]'),
              ],
            },
          ],
        },
      ],
    },
  });
  const group = await createGroup();
  const ofGroup = await graph.call('POST', `/beta/groups/${group}/evaluateDynamicMembership`, { memberId: user });
  assert.equal(ofGroup.body['membershipRuleEvaluationResult'], true);
  const unknown = await graph.call('POST', '/beta/groups/evaluateDynamicMembership', {
    memberId: '99999999-9999-4999-8999-999999999999',
    membershipRule: rule,
  });
  assert.equal(unknown.status, 404);
});
