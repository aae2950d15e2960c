import { languageFaults } from '../language/language-faults.ts';
import type { FillingsOf } from '../language/sentence.ts';

/** Everything that can stand against a rule, by its code: what is wrong, without the title of its kind. */
export const ruleFaults = {
  ...languageFaults,
  ruleTooLong: 'the rule is longer than {{max}} characters',
  propertyExpected: "expected a property, found '{{found}}'",
  propertyExpectedAtEnd: 'expected a property, found the end',
  operatorExpected: "expected an operator after '{{property}}', found '{{found}}'",
  operatorExpectedAtEnd: "expected an operator after '{{property}}', found the end",
  operatorUnknown: "'{{found}}' is not an operator",
  valueExpected: "expected a value, found '{{found}}'",
  valueExpectedAtEnd: 'expected a value, found the end',
  valueUnknown: "'{{found}}' is not a value",
  numberTooLong: "'{{found}}' is too long for a number",
  durationUnknown: "'{{found}}' is not a duration",
  parenthesisNotClosed: 'this parenthesis is never closed',
  listNotClosed: 'this list is not closed',
  linkExpected: "expected -and, -or or ')', found '{{found}}'",
  reportsCombined: '"Direct Reports for" cannot be combined with anything',
  reportsMisformed: '"Direct Reports for" takes the id of a manager in quotes and cannot be combined with anything',
  managerIdMisformed: "'{{found}}' is not the id of a user",

  propertyUnknown: "'{{found}}' is not a property",
  propertyOfDevice: "'{{found}}' is about devices",
  propertyMisplaced: '{{property}} cannot stand here',
  operatorUnfit: '-{{operator}} does not go with {{property}}',
  noCollection: '{{property}} is not a collection',
  noCollectionForAll: '{{property}} is not a collection',
  anyOnly: '{{property}} takes -any only',
  quantifierNested: '-{{quantifier}} cannot stand inside another -any or -all',
  nullUnfit: 'null goes with -eq and -ne, not with -{{operator}}',
  listExpected: '-{{operator}} takes a list',
  listUnfit: '-{{operator}} takes one value, not a list',
  valueUnfit: '{{property}} cannot be compared with {{value}}',

  patternMisformed: '"{{pattern}}" is not a regular expression',
  patternLookaround:
    '"{{pattern}}" has lookaround, a named group or an option at character {{position}}, which patterns cannot have',
  patternBackreference:
    '"{{pattern}}" has a reference back to a group at character {{position}}, which patterns cannot have',
  patternUnicodeClass:
    '"{{pattern}}" has a class of Unicode characters at character {{position}}, which patterns cannot have',
  patternEscape: '"{{pattern}}" has an escape at character {{position}} which patterns cannot have',
  patternPossessive: '"{{pattern}}" has a possessive repeat at character {{position}}, which patterns cannot have',
  patternRepeats: '"{{pattern}}" repeats too much',
  patternUnusable: 'the pattern after -match cannot be used ({{reason}})',
} as const;

/** What to do about it, by its code; with the same fillings. */
export const ruleHints = {
  shorten: 'Write a shorter rule, or keep a part of it in a group of its own and use user.memberof.',
  closeText: 'Close the value with the quote that opened it; inside double quotes a double quote is written `".',
  straightQuotes: 'Use straight quotes: "text".',
  hyphen: 'Write an ordinary hyphen before the operator: -eq.',
  hyphenTouches: 'Write the operator directly after its hyphen: -eq.',
  quoteOrDuration: 'Put texts in quotes, and begin durations with P: P1D, PT12H.',
  noDollar: 'Write true, false and null without $.',
  operatorsAreWords: 'Write operators as words: -eq, -ne, -and, -or, -not.',
  surplusParenthesis: 'Remove this parenthesis, or open one before it.',
  joinExpressions: 'Join two expressions with -and or -or, and write each as: property, operator, value.',

  expression: 'An expression is a property, an operator and a value: user.department -eq "Sales".',
  operatorAndValue: 'Write an operator and a value after {{property}}: {{property}} -eq "text".',
  didYouMean: 'Did you mean {{meant}}?',
  useOneOf: 'Use one of {{operators}}.',
  value: 'Write a text in quotes, true, false, null, system.now, or a list such as ["a", "b"].',
  quote: 'Put texts in quotes: "{{found}}".',
  numberAsText: 'Write it as a text in quotes.',
  duration: 'Write a duration of ISO 8601 in whole units, at most {{years}} years: P1D, P2W, PT12H.',
  closeParenthesis: 'Add the missing ).',
  closeList: 'Write a list as ["a", "b"], with commas between.',
  linkOrClose: 'Join two expressions with -and or -or, or close the parenthesis.',
  reportsAlone: 'Write Direct Reports for "id of the manager" and nothing else.',
  managerId: 'Write the object id of the manager.',

  userProperty: 'Write user. and the name of a property, as in user.department.',
  usersOnly: 'Licenses are for users: write user. and one of their properties.',
  insideOnly: '{{property}} stands inside -any (…) or -all (…) only.',
  theseInside: 'Inside these parentheses stand {{properties}}.',
  takesOperators: '{{property}} takes {{operators}}.',
  takesQuantifiers: '{{property}} takes {{quantifiers}}: {{property}} -any (…).',
  collections: 'Only {{collections}} take -any or -all; compare {{property}} itself.',
  anyPerhapsNot: 'Write {{property}} -any (…), with -not before it if need be.',
  joinOutside: 'Join two conditions with -and or -or outside.',
  equalsNull: 'Write {{property}} -eq null.',
  writeList: 'Write a list: {{property}} -{{operator}} ["a", "b"].',
  oneValue: 'Use -in for a list, or write one value.',
  writeText: 'Write a text in quotes.',
  writeAny: 'Write a text in quotes, a number, true or false.',
  writeFlag: 'Write true or false.',
  writeDate: 'Write system.now or a date such as "2026-01-31".',
  writeId: 'Write an id in quotes.',

  closePattern: 'Close every (, [ and {, and put \\ before those that are meant as text.',
  plainGroups: 'Use plain groups: (…) or (?:…). Case is ignored anyway.',
  writeOut: 'Write the text out.',
  plainClass: 'Use \\w, \\d or a class such as [a-z].',
  plainEscape: 'Use \\d, \\w, \\s, \\b, their opposites, or \\ before a punctuation character.',
  noPlus: 'Leave the + out.',
  repeatLess: 'Repeat at most {{max}} times, and repeats inside repeats at most {{together}} times together.',
  simplerPattern: 'Write a simpler regular expression.',
} as const;

export type RuleFault = keyof typeof ruleFaults;
export type RuleHint = keyof typeof ruleHints;

/** What a fault and its hint need to become sentences. */
export type FaultFillings<Fault extends RuleFault, Hint extends RuleHint> = FillingsOf<(typeof ruleFaults)[Fault]> &
  FillingsOf<(typeof ruleHints)[Hint]>;
