import { parseExpression, unexpected } from '../pratt.ts';
import type { Between, Cursor, Grammar } from '../pratt.ts';
import { parsed, ProblemFound } from '../problem.ts';
import type { Parsed } from '../problem.ts';
import { readTokens } from '../read-tokens.ts';
import type { Token, TokenRule } from '../read-tokens.ts';

/** What a `$search` says. */
export type Search =
  | { readonly kind: 'and' | 'or'; readonly left: Search; readonly right: Search }
  /** `property`: as written; undefined where the clause names none. */
  | { readonly kind: 'clause'; readonly property: string | undefined; readonly text: string };

/**
 * Reads the text of a `$search`: clauses in double quotes, `"displayName:ann"`, joined by AND and OR, with parentheses. AND binds tighter.
 */
export const parseSearch = (source: string): Parsed<Search> =>
  parsed(() => parseExpression(readTokens(source, tokenRules, '"'), grammar));

const tokenRules: readonly TokenRule[] = [
  { kind: 'string', pattern: /"(?:[^"\\]|\\.)*"/sy },
  { kind: 'name', pattern: /[A-Za-z]+/y },
  { kind: 'symbol', pattern: /[()]/y },
];

const grammar: Grammar<Search> = { begin, between };

const power = { or: 10, and: 20 };

function begin(token: Token, cursor: Cursor<Search>): Search {
  if (token.kind === 'symbol' && token.text === '(') {
    const inner = cursor.expression();
    cursor.expectSymbol(')');
    return inner;
  }
  if (token.kind !== 'string') throw unexpected(token, 'a clause in double quotes, such as "displayName:ann"');
  const written = token.text.slice(1, -1).replaceAll(/\\(.)/gs, '$1');
  const [, property, text = ''] = /^(?:([A-Za-z]\w*):)?(.*)$/s.exec(written) ?? [];
  if (text.trim() === '') throw new ProblemFound('There is nothing to look for in this clause', token);
  return { kind: 'clause', property, text: text.trim() };
}

function between(token: Token): Between<Search> | undefined {
  const word = token.kind === 'name' ? token.text.toLowerCase() : '';
  if (word !== 'and' && word !== 'or') return undefined;
  return {
    power: power[word],
    build: (left, _, cursor) => ({ kind: word, left, right: cursor.expression(power[word]) }),
  };
}
