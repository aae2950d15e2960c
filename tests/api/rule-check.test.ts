import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expectStatus, startApi } from './api-server.ts';
import { at, listAt, pick, textAt } from './json.ts';

const server = await startApi({ after });
const check = (membershipRule: string) =>
  expectStatus(200, server.call('POST', '/allot/v1/rules/check', { membershipRule }));

test('a rule is valid, and told as the product writes it', async () => {
  assert.deepEqual(await check(" USER.Department -eq 'Sales' -and (user.country -in ['DE', \"AT\"]) "), {
    valid: true,
    normalized: 'user.department -eq "Sales" -and user.country -in ["DE", "AT"]',
    error: null,
  });
});

/** Text, the characters concerned, and what may be meant in their place. */
const slips: readonly (readonly [text: string, where: string, suggestions: readonly string[]])[] = [
  ['user.departmnt -eq "Sales"', 'user.departmnt', ['user.department']],
  ['department -eq "Sales"', 'department', ['user.department']],
  ['user.city -eq "Bonn" -and user.tele -eq "1"', 'user.tele', ['user.telephoneNumber']],
  ['user.department -startWith "S"', '-startWith', ['-startsWith']],
  ['user.department -eq Sales', 'Sales', ['"Sales"']],
  [
    'user.accountEnabled -contains true',
    'user.accountEnabled -contains true',
    ['user.accountEnabled -eq true', 'user.accountEnabled -ne true'],
  ],
];
for (const [text, where, suggestions] of slips) {
  test(`${text}: the place of the slip is told, and a suggestion put there makes it a rule`, async () => {
    const { valid, normalized, error } = await check(text);
    assert.deepEqual([valid, normalized], [false, null]);
    const [position, length] = [Number(at(error, 'position')), Number(at(error, 'length'))];
    assert.equal(text.slice(position, position + length), where);
    assert.notEqual(textAt(error, 'hint'), '');
    assert.deepEqual(listAt(error, 'suggestions').slice(0, suggestions.length), suggestions);
    const mended = `${text.slice(0, position)}${suggestions[0]}${text.slice(position + length)}`;
    assert.equal((await check(mended))['valid'], true, mended);
  });
}

test('a text that is not finished says what is missing where, also an empty one', async () => {
  for (const text of [
    '',
    '   ',
    'user.department',
    'user.department -eq',
    '(user.city -eq "Bonn"',
    'x'.repeat(4_000),
  ]) {
    const { valid, error } = await check(text);
    assert.equal(valid, false);
    assert.ok(Number(at(error, 'position')) <= text.length, text);
    assert.match(textAt(error, 'hint'), /^\w.*[.?)]$/s, text);
  }
});

test('a pattern that the database cannot use is a fault of the rule', async () => {
  const { valid, error } = await check('user.city -match "(?<=a)b"');
  assert.equal(valid, false);
  assert.match(textAt(error, 'message'), /pattern|-match/);
  await expectStatus(400, server.call('POST', '/allot/v1/rules/check', { membershipRule: 7 }));
});

test('whatever is listed as a property with an operator can be written in a rule', async () => {
  const properties = listAt(await expectStatus(200, server.call('GET', '/allot/v1/rules/properties')), 'value');
  assert.deepEqual(
    properties
      .filter((one) => ['user.department', 'user.accountEnabled'].includes(textAt(one, 'name')))
      .map((one) => pick(one, 'name', 'type', 'quantifiers', 'elements')),
    [
      { name: 'user.accountEnabled', type: 'boolean', quantifiers: [], elements: [] },
      { name: 'user.department', type: 'string', quantifiers: [], elements: [] },
    ],
  );
  const values: Readonly<Record<string, string>> = {
    boolean: 'true',
    date: 'system.now',
    groupId: `"${server.ctx.tenantId}"`,
  };
  const rules = (property: unknown): string[] => {
    const value = values[textAt(property, 'type')] ?? '"x"';
    const list = (operator: unknown) => (/in$/i.test(String(operator)) ? `[${value}]` : value);
    return listAt(property, 'operators').map((one) => `${textAt(property, 'name')} ${String(one)} ${list(one)}`);
  };
  for (const property of properties) {
    const quantified = listAt(property, 'quantifiers').flatMap((word) =>
      listAt(property, 'elements')
        .flatMap(rules)
        .map((inner) => `${textAt(property, 'name')} ${String(word)} (${inner})`),
    );
    const written = [...rules(property), ...quantified];
    assert.notEqual(written.length, 0);
    for (const rule of written)
      assert.deepEqual(pick(await check(rule), 'valid', 'error'), { valid: true, error: null }, rule);
  }
});

test('what is wrong is told as data, too, for whoever says it in another language', async () => {
  const told = async (text: string) => pick((await check(text))['error'], 'code', 'hintCode', 'arguments');
  assert.deepEqual(await told('user.departmnt -eq "Sales"'), {
    code: 'propertyUnknown',
    hintCode: 'didYouMean',
    arguments: { found: 'user.departmnt', meant: 'user.department' },
  });
  assert.deepEqual(await told('user.accountEnabled -contains true'), {
    code: 'operatorUnfit',
    hintCode: 'takesOperators',
    arguments: { operator: 'contains', property: 'user.accountEnabled', operators: ['-eq', '-ne'] },
  });
  assert.deepEqual(await told('user.city -eq "Bonn" &'), {
    code: 'characterInvalid',
    hintCode: 'operatorsAreWords',
    arguments: { character: '&' },
  });
});
