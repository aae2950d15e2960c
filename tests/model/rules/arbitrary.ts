import type { Rule, RuleComparison, RuleCondition, RuleValue } from '@allot/engine';
import fc from 'fast-check';
import type { NaiveUser } from './naive.ts';

/** Texts of which many are alike: case, accents, quotes, blanks, what patterns and SQL mean something by. */
const texts = [
  'Sales',
  'sales',
  'SALES',
  'Sales ',
  'Salés',
  'SALÉS',
  'Straße',
  'STRASSE',
  "O'Neil",
  "o''neil",
  'say "x"',
  'a`b',
  '%',
  '_',
  'a%b',
  'a_b',
  '\\',
  'a\\b',
  '$1',
  ';--',
  'null',
  'true',
  'E5_baseservices;',
  'EMS;E5_baseservices;',
  'ñandú',
  '日本',
  '😀',
  'ab',
  'b',
  '42',
] as const;

const patterns = [
  '^s',
  'S$',
  'a|b',
  '[^a-z]',
  'l{2,3}',
  '^(?:sal|ab)',
  '\\d+',
  '\\bx\\b',
  'e?s',
  '.',
  'a.*b',
  '\\\\',
  '\\$',
  '[\\w]+;',
  '\\W',
  '^$',
  'ß',
];

const names = [
  'department',
  'city',
  'jobTitle',
  'extensionAttribute1',
  'extensionAttribute15',
  'companyName',
  'mobile',
] as const;
const text = fc.constantFrom(...texts);
const nowhere = { at: 0, end: 0 };
const stringValue = text.map((value): RuleValue => ({ type: 'string', value, ...nowhere }));
const nullValue = fc.constant<RuleValue>({ type: 'null', ...nowhere });
const listValue = fc
  .array(stringValue, { minLength: 1, maxLength: 3 })
  .map((values): RuleValue => ({ type: 'list', values, ...nowhere }));
const patternValue = fc.constantFrom(...patterns).map((value): RuleValue => ({ type: 'string', value, ...nowhere }));
const dateValue = fc
  .constantFrom('2026-01-31', '2026-01-31T08:00:00Z', '2026-01-31T08:00:00+02:00')
  .map((value): RuleValue => ({ type: 'date', value, ...nowhere }));
const nowValue: fc.Arbitrary<RuleValue> = fc.oneof(
  fc.constant<RuleValue>({ type: 'now', ...nowhere }),
  fc.record({ sign: fc.constantFrom('plus' as const, 'minus' as const), days: fc.nat(3), hours: fc.nat(30) }).map(
    ({ sign, days, hours }): RuleValue => ({
      type: 'now',
      moved: { sign, by: { years: 0, months: 0, days, hours, minutes: 0, seconds: 0 } },
      ...nowhere,
    }),
  ),
);

const comparison = (name: string, operator: RuleComparison['operator'], value: RuleValue): RuleComparison => ({
  kind: 'compare',
  property: { name, ...nowhere },
  operator,
  value,
  ...nowhere,
});

const textTest = (property: fc.Arbitrary<string>): fc.Arbitrary<RuleComparison> =>
  fc.oneof(
    fc
      .tuple(property, fc.constantFrom('eq' as const, 'ne' as const), fc.oneof(stringValue, nullValue))
      .map((a) => comparison(...a)),
    fc
      .tuple(
        property,
        fc.constantFrom(
          'startsWith' as const,
          'notStartsWith' as const,
          'endsWith' as const,
          'notEndsWith' as const,
          'contains' as const,
          'notContains' as const,
        ),
        stringValue,
      )
      .map((a) => comparison(...a)),
    fc
      .tuple(property, fc.constantFrom('match' as const, 'notMatch' as const), patternValue)
      .map((a) => comparison(...a)),
    fc.tuple(property, fc.constantFrom('in' as const, 'notIn' as const), listValue).map((a) => comparison(...a)),
  );

const leaf = (groupIds: readonly string[]): fc.Arbitrary<RuleCondition> =>
  fc.oneof(
    { arbitrary: textTest(fc.constantFrom(...names).map((name) => `user.${name}`)), weight: 5 },
    fc
      .tuple(
        fc.constantFrom('user.accountEnabled', 'user.dirSyncEnabled'),
        fc.constantFrom('eq' as const, 'ne' as const),
        fc.oneof(
          fc.boolean().map((value): RuleValue => ({ type: 'boolean', value, ...nowhere })),
          nullValue,
        ),
      )
      .map((a) => comparison(...a)),
    fc
      .tuple(
        fc.constant('user.employeeHireDate'),
        fc.constantFrom('eq' as const, 'ne' as const, 'le' as const, 'ge' as const),
        fc.oneof(dateValue, nowValue),
      )
      .map((a) => comparison(...a)),
    fc
      .tuple(
        fc.constantFrom('user.otherMails', 'user.proxyAddresses'),
        fc.constantFrom('contains' as const, 'notContains' as const),
        stringValue,
      )
      .map((a) => comparison(...a)),
    fc
      .tuple(
        fc.constantFrom('any' as const, 'all' as const),
        fc.constantFrom('user.otherMails', 'user.proxyAddresses'),
        fc.array(textTest(fc.constant('_')), { minLength: 1, maxLength: 2 }),
      )
      .map(
        ([kind, name, parts]): RuleCondition => ({
          kind,
          collection: { name, ...nowhere },
          condition: join('or', parts),
          ...nowhere,
        }),
      ),
    fc.tuple(fc.constantFrom(...groupIds), fc.boolean()).map(([id, listed]): RuleCondition => {
      const one: RuleValue = { type: 'string', value: id, ...nowhere };
      const test = listed
        ? comparison('group.objectId', 'in', { type: 'list', values: [one], ...nowhere })
        : comparison('group.objectId', 'eq', one);
      return { kind: 'any', collection: { name: 'user.memberof', ...nowhere }, condition: test, ...nowhere };
    }),
  );

function join(kind: 'and' | 'or', parts: readonly RuleCondition[]): RuleCondition {
  return parts.reduce((left, right) => ({ kind, left, right, ...nowhere }));
}

/** Rules of every form but direct reports and assigned plans. */
export const arbitraryRule = (groupIds: readonly string[]): fc.Arbitrary<Rule> =>
  fc.letrec<{ condition: RuleCondition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'rule' },
      leaf(groupIds),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        left: tie('condition'),
        right: tie('condition'),
        at: fc.constant(0),
        end: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('not' as const),
        operand: tie('condition'),
        at: fc.constant(0),
        end: fc.constant(0),
      }),
    ),
  })).condition;

const maybe = fc.option(fc.oneof(text, fc.constant('')), { nil: null });

export const arbitraryUser = (groupIds: readonly string[]): fc.Arbitrary<NaiveUser> =>
  fc.record({
    values: fc.record({
      ...Object.fromEntries(names.map((name) => [name, maybe])),
      accountEnabled: fc.boolean(),
      dirSyncEnabled: fc.option(fc.boolean(), { nil: null }),
      employeeHireDate: fc.option(
        fc
          .constantFrom('2026-01-31T00:00:00Z', '2026-01-31T08:00:00Z', '2026-01-31T06:00:00Z', '2031-01-01T00:00:00Z')
          .map((at) => new Date(at)),
        { nil: null },
      ),
    }),
    lists: fc.record({
      otherMails: fc.uniqueArray(text, { maxLength: 3 }),
      proxyAddresses: fc.uniqueArray(text, { maxLength: 3 }),
    }),
    groupIds: fc.subarray([...groupIds]),
  });
