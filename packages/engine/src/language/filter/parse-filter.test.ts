import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';
import { compareOperators, type Filter, functionNames, type LiteralValue } from './tree.ts';

/** What the text says, written again in the one way in which we write it. */
function rewrite(source: string): string {
  const parsed = parseFilter(source);
  return parsed.ok
    ? printFilter(parsed.tree)
    : `${parsed.problem.message} (${parsed.problem.at}–${parsed.problem.end})`;
}

const sku = 'c7df2760-2c81-4ef7-b578-5b5392b571df';

/** Filters as clients and documents have them. */
const real: readonly (readonly [string, string])[] = [
  ["displayName eq 'Ann'", "displayName eq 'Ann'"],
  ["displayName EQ 'O''Neil'", "displayName eq 'O''Neil'"],
  ["displayName eq ''", "displayName eq ''"],
  [`assignedLicenses/any(x:x/skuId eq ${sku})`, `assignedLicenses/any(x:x/skuId eq ${sku})`],
  [`assignedLicenses/any(x:x/skuId eq '${sku}')`, `assignedLicenses/any(x:x/skuId eq '${sku}')`],
  [`assignedLicenses/any( s : s/skuId eq ${sku.toUpperCase()} )`, `assignedLicenses/any(s:s/skuId eq ${sku})`],
  ['not assignedLicenses/any()', 'not assignedLicenses/any()'],
  ['assignedLicenses/$count ne 0', 'assignedLicenses/$count ne 0'],
  ['hasMembersWithLicenseErrors eq true', 'hasMembersWithLicenseErrors eq true'],
  ["startswith(displayName,'a') OR startsWith(mail, 'b')", "startsWith(displayName,'a') or startsWith(mail,'b')"],
  ["startswith(displayName,'a') eq true", "startsWith(displayName,'a')"],
  ["startswith(displayName,'a') eq false", "not startsWith(displayName,'a')"],
  ["endsWith(mail,'@x.y') ne true", "not endsWith(mail,'@x.y')"],
  ['accountEnabled', 'accountEnabled eq true'],
  ['NOT(accountEnabled eq true)', 'not accountEnabled eq true'],
  ["not department eq 'x' and city eq 'y'", "not department eq 'x' and city eq 'y'"],
  ["'DE' eq usageLocation", "usageLocation eq 'DE'"],
  ['5 lt assignedLicenses/$count', 'assignedLicenses/$count gt 5'],
  ["department in ('a', 'b' ,'c')", "department in ('a','b','c')"],
  ['createdDateTime ge 2026-01-31T08:00:00Z', 'createdDateTime ge 2026-01-31T08:00:00Z'],
  ['createdDateTime le 2026-01-31T08:00:00.1234567+01:00', 'createdDateTime le 2026-01-31T08:00:00.1234567+01:00'],
  ['employeeHireDate ge 2026-01-31', 'employeeHireDate ge 2026-01-31'],
  ['mail ne null', 'mail ne null'],
  ["groupTypes/any(c:c eq 'Unified')", "groupTypes/any(c:c eq 'Unified')"],
  ['a eq 1 or b eq 2 and c eq 3', 'a eq 1 or b eq 2 and c eq 3'],
  ['(a eq 1 or b eq 2) and c eq 3', '(a eq 1 or b eq 2) and c eq 3'],
  ['((a eq 1))', 'a eq 1'],
  [
    "onPremisesExtensionAttributes/extensionAttribute1 eq 'x'",
    "onPremisesExtensionAttributes/extensionAttribute1 eq 'x'",
  ],
  [
    "assignedPlans/any(a:a/servicePlanId eq 113feb6c-3fe4-4440-bddc-54d774bf0318 and a/capabilityStatus eq 'Enabled')",
    "assignedPlans/any(a:a/servicePlanId eq 113feb6c-3fe4-4440-bddc-54d774bf0318 and a/capabilityStatus eq 'Enabled')",
  ],
];
for (const [source, printed] of real) {
  test(`${source} is read as ${printed}`, () => {
    assert.equal(rewrite(source), printed);
  });
}

/** What is wrong, and where: from–to, counted from 0. */
const wrong: readonly (readonly [string, string])[] = [
  ['', 'Syntax error: expected a property, a value or a function, found the end (0–0)'],
  ['displayName', 'displayName eq true'],
  ['displayName eq', 'Syntax error: expected a property, a value or a function, found the end (14–14)'],
  ["displayName eq 'abc", 'There is an unterminated string literal (15–16)'],
  ['displayName eq "abc"', "Syntax error: character '\"' is not valid (15–16)"],
  ["displayName like 'a'", "Syntax error: expected an operator or the end, found 'like' (12–16)"],
  ["(displayName eq 'a'", "Syntax error: expected ')', found the end (19–19)"],
  ["displayName eq 'a')", "Syntax error: expected an operator or the end, found ')' (18–19)"],
  ["tolower(displayName) eq 'a'", "An unknown function with name 'tolower' was found (0–7)"],
  ["startsWith('a',displayName)", 'The first argument of startsWith must be a property (0–10)'],
  ['1 eq 2', "'eq' compares a property with a value (2–4)"],
  ['a eq b', "'eq' compares a property with a value (2–4)"],
  ["'a'", 'A value alone is no condition (0–3)'],
  ['a in ()', "Syntax error: expected a property, a value or a function, found ')' (6–7)"],
  ["'a' in ('b')", "Only a property can stand before 'in' (4–6)"],
  ['a/any(:x eq 1)', "Syntax error: expected the name of a variable, found ':' (6–7)"],
  ['a/', 'Syntax error: expected a property, found the end (2–2)'],
  ['a eq 1 and', 'Syntax error: expected a property, a value or a function, found the end (10–10)'],
  ['a eq 2026-01-31T', "Syntax error: character '2' is not valid (5–6)"],
  [`${'('.repeat(65)}a`, 'The expression is nested more than 64 deep (64–65)'],
  [`${'a and '.repeat(2000)}a`, 'The expression has more than 4000 parts (12000–12001)'],
  [`${' '.repeat(16_385)}`, 'The text is longer than 16384 characters (16384–16385)'],
];
for (const [source, problem] of wrong) {
  test(`${source.slice(0, 40)} is answered with: ${problem.slice(0, 60)}`, () => {
    assert.equal(rewrite(source), problem);
  });
}

const name = fc
  .stringMatching(/^[A-Za-z_][A-Za-z0-9_.]{0,8}$/)
  .filter((text) => !/^(and|or|not|in|eq|ne|gt|ge|lt|le|true|false|null|any|all)$/i.test(text));
const position = { at: 0, end: 0 };
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => ({ names, ...position }));
const value: fc.Arbitrary<LiteralValue> = fc.oneof(
  fc.string().map((text) => ({ type: 'string' as const, value: text })),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => ({ type: 'number' as const, value: number + 0 })),
  fc.boolean().map((flag) => ({ type: 'boolean' as const, value: flag })),
  fc.uuid().map((guid) => ({ type: 'guid' as const, value: guid.toLowerCase() })),
  fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => ({ type: 'dateTime' as const, value: date.toISOString() })),
  fc.constant({ type: 'null' as const, value: null }),
);
const literal = value.map((one) => ({ ...one, ...position }));

const filters = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      kind: fc.constant('compare' as const),
      operator: fc.constantFrom(...compareOperators),
      path,
      value: literal,
    }),
    fc.record({ kind: fc.constant('in' as const), path, values: fc.array(literal, { minLength: 1, maxLength: 4 }) }),
    fc.record({ kind: fc.constant('call' as const), name: fc.constantFrom(...functionNames), path, value: literal }),
    fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tie('filter'), right: tie('filter') }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('filter') }),
    fc.record({
      kind: fc.constantFrom('any' as const, 'all' as const),
      path,
      variable: name,
      condition: tie('filter'),
    }),
    fc.record({
      kind: fc.constant('any' as const),
      path,
      variable: fc.constant(undefined),
      condition: fc.constant(undefined),
    }),
  ),
})).filter;

/** Two trees are the same when they differ in positions only. */
const withoutPositions = (tree: unknown): unknown =>
  JSON.parse(JSON.stringify(tree, (key, inner: unknown) => (key === 'at' || key === 'end' ? undefined : inner)));

test('reading what was written gives the same filter again', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const parsed = parseFilter(printFilter(filter));
      assert.ok(parsed.ok, JSON.stringify(parsed));
      assert.deepEqual(withoutPositions(parsed.tree), withoutPositions(filter));
    }),
  );
});

test('no text whatever makes the parser throw, and every problem lies inside the text', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...' ()/,:\'"$.-+'.split(''),
        ' and ',
        ' or ',
        'not ',
        ' eq ',
        ' in ',
        'any(',
        'x',
        '1',
        "'a'",
        sku,
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        pieces.map((parts) => parts.join('')),
      ),
      (source) => {
        const parsed = parseFilter(source);
        if (parsed.ok) return;
        const { at, end } = parsed.problem;
        assert.ok(at >= 0 && at <= end && end <= source.length + 1, JSON.stringify(parsed.problem));
      },
    ),
    { numRuns: 2000 },
  );
});
