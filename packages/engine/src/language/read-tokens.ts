import { type LanguageRefused, refused } from './language-faults.ts';

export type TokenKind = 'name' | 'string' | 'number' | 'guid' | 'dateTime' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written; '' at the end of the text. */
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

/** How one kind of token looks. The pattern is sticky and never matches the empty text. */
export interface TokenRule {
  readonly kind: Exclude<TokenKind, 'end'>;
  readonly pattern: RegExp;
}

/** Longest text of either language, in UTF-16 units. A request line holds 16 KiB; rules of the original end at 3,072. */
const sourceLengthMax = 16_384;

const blank = /[ \t\r\n]+/y;

/**
 * Cuts a text into tokens: at every place the first rule that matches wins. The last token is always of kind `end`.
 * `quotes`: characters that open a string, so that one that is not closed can be named as such.
 */
export function readTokens(source: string, rules: readonly TokenRule[], quotes: string): readonly Token[] {
  if (source.length > sourceLengthMax) {
    throw refused('textTooLong', { max: sourceLengthMax }, { at: sourceLengthMax, end: source.length });
  }
  const tokens: Token[] = [];
  let at = skipBlanks(source, 0);
  while (at < source.length) {
    const token = readToken(source, at, rules);
    if (token === undefined) throw unreadable(source, at, quotes);
    tokens.push(token);
    at = skipBlanks(source, token.end);
  }
  tokens.push({ kind: 'end', text: '', at: source.length, end: source.length });
  return tokens;
}

function skipBlanks(source: string, at: number): number {
  blank.lastIndex = at;
  return blank.test(source) ? blank.lastIndex : at;
}

function readToken(source: string, at: number, rules: readonly TokenRule[]): Token | undefined {
  for (const { kind, pattern } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) return { kind, text: match[0], at, end: at + match[0].length };
  }
  return undefined;
}

function unreadable(source: string, at: number, quotes: string): LanguageRefused {
  const character = source.charAt(at);
  const where = { at, end: at + 1 };
  return quotes.includes(character)
    ? refused('textNotClosed', {}, where)
    : refused('characterInvalid', { character }, where);
}
