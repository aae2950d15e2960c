import { type Problem, ProblemFound } from './problem.ts';
import { fillIn, type Fillings, type FillingsOf } from './sentence.ts';

/** What can be wrong with the form of a text in any of the languages, by its code: so that it can be said in others than English. */
export const languageFaults = {
  textTooLong: 'The text is longer than {{max}} characters',
  tooManyParts: 'The expression has more than {{max}} parts',
  nestedTooDeep: 'The expression is nested more than {{max}} deep',
  textNotClosed: 'There is an unterminated string literal',
  characterInvalid: "character '{{character}}' is not valid",
  symbolExpected: "expected '{{symbol}}', found '{{found}}'",
  symbolExpectedAtEnd: "expected '{{symbol}}', found the end",
  endExpected: "expected an operator or the end, found '{{found}}'",
} as const;

export type LanguageFault = keyof typeof languageFaults;

/** Those that Graph calls a syntax error. */
const syntaxErrors: ReadonlySet<LanguageFault> = new Set([
  'characterInvalid',
  'symbolExpected',
  'symbolExpectedAtEnd',
  'endExpected',
]);

/** A problem with its code on its way up; like every ProblemFound it never leaves the parser. */
export class LanguageRefused extends ProblemFound {
  readonly code: LanguageFault;
  readonly fillings: Fillings;

  constructor(code: LanguageFault, fillings: Fillings, where: Pick<Problem, 'at' | 'end'>) {
    super((syntaxErrors.has(code) ? 'Syntax error: ' : '') + fillIn(languageFaults[code], fillings), where);
    this.code = code;
    this.fillings = fillings;
  }
}

/** @param fillings what the sentence of the code needs */
export const refused = <Code extends LanguageFault>(
  code: Code,
  fillings: FillingsOf<(typeof languageFaults)[Code]>,
  where: Pick<Problem, 'at' | 'end'>,
): LanguageRefused => new LanguageRefused(code, fillings, where);
