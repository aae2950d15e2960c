import type { SentenceArguments } from './sentence-arguments.ts';

/** Everything that can be wrong with a rule, by kind. */
export const ruleProblemKinds = ['syntax', 'property', 'operator', 'all', 'place', 'type'] as const;

export type RuleProblemKind = (typeof ruleProblemKinds)[number];

/** What can be wrong with a rule, one code for each sentence. */
export const ruleFaultCodes = [
  'anyOnly',
  'characterInvalid',
  'durationUnknown',
  'endExpected',
  'linkExpected',
  'listExpected',
  'listNotClosed',
  'listUnfit',
  'managerIdMisformed',
  'nestedTooDeep',
  'noCollection',
  'noCollectionForAll',
  'nullUnfit',
  'numberTooLong',
  'operatorExpected',
  'operatorExpectedAtEnd',
  'operatorUnfit',
  'operatorUnknown',
  'parenthesisNotClosed',
  'patternBackreference',
  'patternEscape',
  'patternLookaround',
  'patternMisformed',
  'patternPossessive',
  'patternRepeats',
  'patternUnicodeClass',
  'patternUnusable',
  'propertyExpected',
  'propertyExpectedAtEnd',
  'propertyMisplaced',
  'propertyOfDevice',
  'propertyUnknown',
  'quantifierNested',
  'reportsCombined',
  'reportsMisformed',
  'ruleTooLong',
  'symbolExpected',
  'symbolExpectedAtEnd',
  'textNotClosed',
  'textTooLong',
  'tooManyParts',
  'valueExpected',
  'valueExpectedAtEnd',
  'valueUnfit',
  'valueUnknown',
] as const;

export type RuleFaultCode = (typeof ruleFaultCodes)[number];

/** What can be done about it, one code for each sentence. */
export const ruleHintCodes = [
  'anyPerhapsNot',
  'closeList',
  'closeParenthesis',
  'closePattern',
  'closeText',
  'collections',
  'didYouMean',
  'duration',
  'equalsNull',
  'expression',
  'hyphen',
  'hyphenTouches',
  'insideOnly',
  'joinExpressions',
  'joinOutside',
  'linkOrClose',
  'managerId',
  'noDollar',
  'noPlus',
  'numberAsText',
  'oneValue',
  'operatorAndValue',
  'operatorsAreWords',
  'plainClass',
  'plainEscape',
  'plainGroups',
  'quote',
  'quoteOrDuration',
  'repeatLess',
  'reportsAlone',
  'shorten',
  'simplerPattern',
  'straightQuotes',
  'surplusParenthesis',
  'takesOperators',
  'takesQuantifiers',
  'theseInside',
  'useOneOf',
  'userProperty',
  'usersOnly',
  'value',
  'writeAny',
  'writeDate',
  'writeFlag',
  'writeId',
  'writeList',
  'writeOut',
  'writeText',
] as const;

export type RuleHintCode = (typeof ruleHintCodes)[number];

/** Why a rule that can be read could not be followed: it took too long, its pattern asks for too much, or it never comes to rest. */
export const ruleFailureCodes = ['tooSlow', 'patternTooMuch', 'comesAndGoes'] as const;

export type RuleFailureCode = (typeof ruleFailureCodes)[number];

/** What `POST /allot/v1/rules/check` answers about a text that somebody is writing. */
export interface RuleCheck {
  readonly valid: boolean;
  /** The rule as the product writes it; null: it is none. */
  readonly normalized: string | null;
  /** The first thing that stands against it; null: nothing. */
  readonly error: RuleCheckError | null;
}

export interface RuleCheckError {
  readonly kind: RuleProblemKind;
  /** A sentence. */
  readonly message: string;
  /** Offset of the first character concerned, from 0, in UTF-16 units. */
  readonly position: number;
  /** Characters concerned; 0: something is missing there. */
  readonly length: number;
  /** What to do next, as a sentence. */
  readonly hint: string;
  /** What may be meant: texts to stand in place of the characters concerned. */
  readonly suggestions: readonly string[];
  /** Which `message` it is, for whoever says it in another language. */
  readonly code: RuleFaultCode;
  /** Which `hint` it is. */
  readonly hintCode: RuleHintCode;
  /** What is filled in, of both. */
  readonly arguments: SentenceArguments;
}

/** An entry of `GET /allot/v1/rules/properties`. */
export interface RuleProperty {
  readonly name: string;
  readonly type: string;
  /** As they are written: `-eq`. */
  readonly operators: readonly string[];
  /** `-any`, `-all`: of collections. */
  readonly quantifiers: readonly string[];
  /** What is written on the right, in words. */
  readonly values: string;
  /** What can be asked of an element of a collection, in the parentheses after `-any` or `-all`. */
  readonly elements: readonly RuleProperty[];
}
