import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRule, printRule, readsOf, type Rule, ruleLengthMax } from '@allot/engine';
import fc from 'fast-check';
import { arbitraryRule } from '../model/rules/arbitrary.ts';

const strings =
  `city country companyName department displayName employeeId facsimileTelephoneNumber givenName jobTitle mail mailNickName
  mobile objectId onPremisesDistinguishedName onPremisesSecurityIdentifier passwordPolicies physicalDeliveryOfficeName postalCode
  preferredLanguage sipProxyAddress state streetAddress surname telephoneNumber usageLocation userPrincipalName userType`.split(
    /\s+/,
  );
const extensions = Array.from({ length: 15 }, (_, at) => `extensionAttribute${at + 1}`);
const custom = 'extension_c272a57b722d4eb29bfe327874ae79cb_OfficeNumber';
const textOperators = 'eq ne startsWith notStartsWith endsWith notEndsWith contains notContains match notMatch'.split(
  ' ',
);
const everyOperator = [...textOperators, 'in', 'notIn', 'le', 'ge'];

/** What the documentation allows: property, operators with one value, operators with a list, values that fit, whether null does. */
const allowed: readonly (readonly [
  names: readonly string[],
  one: readonly string[],
  list: readonly string[],
  fits: readonly string[],
])[] = [
  [[...strings, ...extensions], textOperators, ['in', 'notIn'], ['text']],
  [[custom], textOperators, ['in', 'notIn'], ['text', 'number', 'boolean']],
  [['accountEnabled', 'dirSyncEnabled'], ['eq', 'ne'], [], ['boolean', 'quotedBoolean']],
  [['employeeHireDate'], ['eq', 'ne', 'le', 'ge'], [], ['date', 'now', 'movedNow']],
  [['otherMails', 'proxyAddresses'], ['contains', 'notContains'], [], ['text']],
];

const values: Readonly<Record<string, string>> = {
  text: '"a"',
  number: '7',
  boolean: 'true',
  quotedBoolean: '"False"',
  date: '"2026-01-31"',
  now: 'system.now',
  movedNow: 'system.now -minus p1d',
  list: '["a", "b"]',
};
/** Every text in quotes is a text. */
const alsoText = new Set(['quotedBoolean', 'date']);

test('every property goes with exactly the operators and values that are documented', () => {
  for (const [names, one, list, fits] of allowed) {
    for (const name of names) {
      for (const operator of everyOperator) {
        for (const [kind, written] of Object.entries(values)) {
          const fitting = fits.includes(kind) || (fits.includes('text') && alsoText.has(kind));
          const expected = (one.includes(operator) && fitting) || (list.includes(operator) && kind === 'list');
          assertRule(`user.${name} -${operator} ${written}`, expected);
        }
        assertRule(
          `user.${name} -${operator} null`,
          (operator === 'eq' || operator === 'ne') && one.includes(operator),
        );
      }
    }
  }
});

function assertRule(text: string, expected: boolean): void {
  const parsed = parseRule(text);
  assert.equal(parsed.ok, expected, parsed.ok ? `${text} was taken` : `${text}: ${parsed.problem.message}`);
}

test('every example and special form of the documentation is a rule, in any case and with or without hyphens', () => {
  for (const text of [
    'user.department -eq "Sales"',
    'USER.DEPARTMENT -EQ "Sales"',
    'user.department eq "Sales" and user.city ne "Paris"',
    '(user.extensionAttribute1 -contains "E5_baseservices;")',
    '(user.department -eq "Sales") -or (user.department -eq "Marketing")',
    '(user.department -eq "Sales") -and -not (user.jobTitle -startsWith "SDE")',
    'user.department -in ["50001","50002"]',
    "user.department -notIn ['a', 'it''s']",
    'user.mobile -ne null',
    'user.objectId -ne null',
    'user.userType -eq "Guest"',
    'user.accountEnabled -eq True',
    'user.accountEnabled -eq "true"',
    'user.jobTitle -match "^Da.*"',
    'user.employeeHireDate -ge system.now -plus p1d',
    'user.employeeHireDate -le system.now -minus P1Y2M10DT2H30M',
    'user.proxyAddresses -any (_ -startsWith "smtp:a")',
    'user.otherMails -all (_ -endsWith "@contoso.example")',
    'user.proxyAddresses -contains "SMTP:x"',
    'user.assignedPlans -any (assignedPlan.servicePlanId -eq "efb87545-963c-4e0d-99df-69c6916d9eb0" -and assignedPlan.capabilityStatus -eq "Enabled")',
    'user.assignedPlans -any (assignedPlan.service -eq "SCO")',
    'user.assignedPlans -all (assignedPlan.servicePlanId -eq null)',
    "user.memberof -any (group.objectId -in ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'])",
    'user.memberof -any (group.objectId -eq "11111111-1111-4111-8111-111111111111") -and user.city -eq "Paris"',
    'Direct Reports for "62e19b97-8b3d-4d4a-a106-4ce66896a863"',
    'direct reports FOR "62e19b97-8b3d-4d4a-a106-4ce66896a863"',
    `user.${custom} -eq "123"`,
    'user.displayName -eq "say `"x`""',
    'user.department -eq "a"\n-or user.department -eq "b"',
  ])
    assertRule(text, true);
});

test('operators bind as documented: comparisons, -not, -and, -or; of one kind to the left', () => {
  for (const [text, same] of [
    [
      'user.city -eq "a" -or user.city -eq "b" -and user.city -eq "c"',
      'user.city -eq "a" -or (user.city -eq "b" -and user.city -eq "c")',
    ],
    ['-not user.city -eq "a" -and user.city -eq "b"', '(-not (user.city -eq "a")) -and user.city -eq "b"'],
    [
      'user.city -eq "a" -and user.city -eq "b" -and user.city -eq "c"',
      '(user.city -eq "a" -and user.city -eq "b") -and user.city -eq "c"',
    ],
  ] as const)
    assert.deepEqual(shape(text), shape(same));
  assert.notDeepEqual(
    shape('user.city -eq "a" -and user.city -eq "b" -or user.city -eq "c"'),
    shape('user.city -eq "a" -and (user.city -eq "b" -or user.city -eq "c")'),
  );
});

/** [the rule, what is wrong in words, the part of the text that the error points at, what to do] */
const refused: readonly (readonly [rule: string, message: string, where: string, hint: RegExp])[] = [
  [
    'user.departmnt -eq "Sales"',
    "Attribute not supported: 'user.departmnt' is not a property",
    'user.departmnt',
    /Did you mean user\.department\?/,
  ],
  [
    'department -eq "Sales"',
    "Attribute not supported: 'department' is not a property",
    'department',
    /Did you mean user\.department\?/,
  ],
  [
    'device.displayName -eq "x"',
    "Attribute not supported: 'device.displayName' is about devices",
    'device.displayName',
    /users/,
  ],
  [
    'user.city -equals "x"',
    "Query compilation error: '-equals' is not an operator",
    '-equals',
    /Use one of|Did you mean/,
  ],
  [
    'user.city "x"',
    "Query compilation error: expected an operator after 'user.city', found '\"x\"'",
    '"x"',
    /Write an operator/,
  ],
  ['user.city -eq Paris', "Query compilation error: 'Paris' is not a value", 'Paris', /quotes: "Paris"/],
  ['user.city -eq', 'Query compilation error: expected a value, found the end', '', /Write a text in quotes/],
  ['user.city -eq "Paris', 'Query compilation error: There is an unterminated string literal', '"', /Close the value/],
  ['user.city -eq “Paris”', "Query compilation error: character '“' is not valid", '“', /straight quotes/],
  ['(user.city -eq "a"', 'Query compilation error: this parenthesis is never closed', '(', /Add the missing \)/],
  [
    'user.city -eq "a")',
    "Query compilation error: expected an operator or the end, found ')'",
    ')',
    /Remove this parenthesis/,
  ],
  [
    'user.city -eq "a" user.city -eq "b"',
    "Query compilation error: expected an operator or the end, found 'user.city'",
    'user.city',
    /Join two expressions/,
  ],
  ['', 'Query compilation error: expected a property, found the end', '', /An expression is/],
  ['user.city -eq ["a"]', 'Invalid object type: -eq takes one value, not a list', '["a"]', /-in/],
  ['user.city -in "a"', 'Invalid object type: -in takes a list', '"a"', /Write a list/],
  [
    'user.city -contains null',
    'Invalid object type: null goes with -eq and -ne, not with -contains',
    'null',
    /-eq null/,
  ],
  ['user.city -eq true', 'Invalid object type: user.city cannot be compared with true', 'true', /a text in quotes/],
  [
    'user.accountEnabled -eq "yes"',
    'Invalid object type: user.accountEnabled cannot be compared with "yes"',
    '"yes"',
    /true or false/,
  ],
  [
    'user.city -ge "a"',
    "Operator isn't supported on attribute: -ge does not go with user.city",
    'user.city -ge "a"',
    /takes -eq/,
  ],
  [
    'user.city -any (_ -eq "a")',
    "Operator isn't supported on attribute: user.city is not a collection",
    'user.city',
    /user\.proxyAddresses/,
  ],
  [
    'user.city -all (_ -eq "a")',
    'Invalid operands found for operator -all: user.city is not a collection',
    'user.city',
    /compare user\.city itself/,
  ],
  [
    'user.memberof -all (group.objectId -eq "x")',
    'Invalid operands found for operator -all: user.memberof takes -any only',
    'user.memberof',
    /-any/,
  ],
  [
    'user.assignedPlans -eq "x"',
    "Operator isn't supported on attribute: -eq does not go with user.assignedPlans",
    'user.assignedPlans -eq "x"',
    /-any, -all/,
  ],
  [
    'user.otherMails -any (user.city -eq "a")',
    'Wrong property applied: user.city cannot stand here',
    'user.city',
    /stand _/,
  ],
  [
    'assignedPlan.service -eq "a"',
    'Wrong property applied: assignedPlan.service cannot stand here',
    'assignedPlan.service',
    /-any \(…\)/,
  ],
  ['_ -eq "a"', 'Wrong property applied: _ cannot stand here', '_', /-any \(…\)/],
  [
    'user.otherMails -any (user.proxyAddresses -any (_ -eq "a"))',
    'Query compilation error: -any cannot stand inside another -any or -all',
    '(user.proxyAddresses -any (_ -eq "a"))',
    /outside/,
  ],
  [
    'Direct Reports for "62e19b97-8b3d-4d4a-a106-4ce66896a863" -and user.city -eq "a"',
    'Query compilation error: "Direct Reports for" takes the id',
    '-and',
    /nothing else/,
  ],
  [
    'user.city -eq "a" -and Direct Reports for "x"',
    'Query compilation error: "Direct Reports for" cannot be combined',
    'Direct',
    /nothing else/,
  ],
  ['Direct Reports for "boss"', "Invalid object type: 'boss' is not the id of a user", '"boss"', /object id/],
  [
    'user.employeeHireDate -ge "tomorrow"',
    'Invalid object type: user.employeeHireDate cannot be compared with "tomorrow"',
    '"tomorrow"',
    /system\.now/,
  ],
  ['user.employeeHireDate -ge system.now -plus 1d', "Query compilation error: character '1' is not valid", '1', /P1D/],
  [
    'user.employeeHireDate -ge system.now -plus p1000y',
    "Query compilation error: 'p1000y' is not a duration",
    'p1000y',
    /100 years/,
  ],
  ['user.city -match "(a+"', 'Query compilation error: "(a+" is not a regular expression', '"(a+"', /Close every/],
  ['user.city -match "(?=a)b"', 'Query compilation error: "(?=a)b" has lookaround', '"(?=a)b"', /plain groups/],
  [
    'user.city -match "(a)\\1"',
    'Query compilation error: "(a)\\1" has a reference back to a group',
    '"(a)\\1"',
    /Write the text out/,
  ],
  [
    'user.city -match "((a{1,200}){1,200}){1,200}"',
    'Query compilation error: "((a{1,200}){1,200}){1,200}" repeats too much',
    '"((a{1,200}){1,200}){1,200}"',
    /at most/,
  ],
  [
    `user.city -eq "${'x'.repeat(ruleLengthMax)}"`,
    'Query compilation error: the rule is longer than 3072 characters',
    `${'x'.repeat(15)}"`,
    /shorter rule/,
  ],
  [
    `${'('.repeat(100)}user.city -eq "a"${')'.repeat(100)}`,
    'Query compilation error: The expression is nested more than 64 deep',
    '(',
    /Join|shorter/,
  ],
];

test('what is no rule is refused with the place, the reason and a hint', () => {
  for (const [text, message, where, hint] of refused) {
    const parsed = parseRule(text);
    assert.ok(!parsed.ok, text);
    const { problem } = parsed;
    assert.ok(problem.message.startsWith(message), `${text}: ${problem.message}`);
    assert.equal(text.slice(problem.at, problem.end), where, text);
    assert.match(problem.hint, hint, text);
  }
});

test('an empty text is no value: to compare with it is to compare with null', () => {
  assert.deepEqual(shape('user.city -eq ""'), shape('user.city -eq null'));
  assert.deepEqual(shape("user.city -ne ''"), shape('user.city -ne null'));
});

test('a problem is placed by line and column', () => {
  const parsed = parseRule('user.city -eq "a"\n-or user.cty -eq "b"');
  assert.ok(!parsed.ok);
  assert.deepEqual([parsed.problem.line, parsed.problem.column], [2, 5]);
});

test('what a rule reads is told: properties, groups, manager, plans and time', () => {
  const id = '11111111-1111-4111-8111-111111111111';
  assert.deepEqual(reads(`user.City -eq "a" -or user.mobile -eq "b" -or user.city -eq "c"`).properties, [
    'user.city',
    'user.mobile',
  ]);
  assert.deepEqual(reads(`user.memberof -any (group.objectId -in ["${id.toUpperCase()}"])`).groupIds, [id]);
  assert.equal(reads(`Direct Reports for "${id}"`).managerId, id);
  assert.equal(reads('user.assignedPlans -all (assignedPlan.servicePlanId -eq null)').plans, true);
  assert.equal(reads('user.employeeHireDate -ge system.now').time, true);
  assert.equal(reads('user.employeeHireDate -ge "2026-01-31"').time, false);
});

const group = '11111111-1111-4111-8111-111111111111';

test('a rule that is printed and read again is the same rule', () => {
  fc.assert(
    fc.property(arbitraryRule([group]), (rule) => {
      const text = printRule(rule);
      if (text.length <= ruleLengthMax) assert.deepEqual(shape(text), withoutPlaces(rule));
    }),
    { numRuns: 2_000 },
  );
});

test('no text crashes or hangs the parser, and every problem has its place inside the text', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...'user.city user.memberof user.otherMails _ -eq -in -any -all -and -or -not ( ) [ ] , "a" \'b\' null true 7 system.now -plus p1d " \' `'.split(
          ' ',
        ),
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 200 }),
        pieces.map((list) => list.join(' ')),
      ),
      (text) => {
        const parsed = parseRule(text);
        if (parsed.ok) return;
        const { at, end, line, column, hint } = parsed.problem;
        assert.ok(at >= 0 && at <= end && end <= text.length, `${at}:${end} of ${text.length}`);
        assert.ok(line >= 1 && column >= 1 && hint.length > 0);
      },
    ),
    { numRuns: 5_000 },
  );
});

test('the longest rules are read, however they are built', () => {
  const one = 'user.city -eq "a"';
  for (const text of [
    Array.from({ length: 139 }, () => one).join(' -or '),
    `user.city -in [${Array.from({ length: 700 }, () => '"a"').join(',')}]`,
    `${'-not '.repeat(60)}${one}`,
    `user.city -eq "${'`"'.repeat(1_500)}"`,
  ]) {
    assert.ok(text.length <= ruleLengthMax, String(text.length));
    assertRule(text, true);
  }
});

const reads = (text: string) => {
  const parsed = parseRule(text);
  assert.ok(parsed.ok, text);
  return readsOf(parsed.tree);
};

const shape = (text: string): unknown => {
  const parsed = parseRule(text);
  assert.ok(parsed.ok, `${text}: ${parsed.ok ? '' : parsed.problem.message}`);
  return withoutPlaces(parsed.tree);
};

const withoutPlaces = (rule: Rule): unknown =>
  JSON.parse(JSON.stringify(rule, (key, value: unknown) => (key === 'at' || key === 'end' ? undefined : value)));
