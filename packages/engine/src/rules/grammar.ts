import type { Between, Cursor, Grammar } from '../language/pratt.ts';
import type { ProblemFound } from '../language/problem.ts';
import type { Token, TokenRule } from '../language/read-tokens.ts';
import { nearest } from './closest.ts';
import { operatorNames, precedence } from './operators.ts';
import { readValue } from './read-value.ts';
import { RuleRefused } from './rule-problem.ts';
import type { Condition } from './tree.ts';
import { wordOf } from './word.ts';

/** A backtick escapes a double quote inside double quotes; inside single quotes a single one is doubled. */
export const ruleTokens: readonly TokenRule[] = [
  { kind: 'string', pattern: /"(?:[^"`]|`"|`(?!"))*"/y },
  { kind: 'string', pattern: /'(?:[^']|'')*'/y },
  { kind: 'number', pattern: /-?\d+(?:\.\d+)?(?![\w.])/y },
  { kind: 'name', pattern: /-?[A-Za-z_]\w*(?:\.\w+)*/y },
  { kind: 'symbol', pattern: /[()[\],]/y },
];

/** The form of rules; which property goes with which operator and value is looked at afterwards. */
export const ruleGrammar: Grammar<Condition> = { begin, between };

function begin(token: Token, cursor: Cursor<Condition>): Condition {
  if (token.kind === 'symbol' && token.text === '(') return { ...readRest(token, cursor) };
  if (wordOf(token) === 'not') {
    const operand = cursor.expression(precedence.not);
    return { kind: 'not', operand, at: token.at, end: operand.end };
  }
  if (isDirectReports(token, cursor)) {
    throw new RuleRefused('reportsCombined', 'reportsAlone', {}, token);
  }
  if (token.kind === 'name' && !reserved.has(wordOf(token))) return readComparison(token, cursor);
  if (token.kind === 'end') throw new RuleRefused('propertyExpectedAtEnd', 'expression', {}, token);
  throw new RuleRefused('propertyExpected', 'expression', { found: token.text }, token);
}

function between(token: Token): Between<Condition> | undefined {
  const word = wordOf(token);
  if (word !== 'and' && word !== 'or') return undefined;
  return {
    power: precedence[word],
    build: (left, _, cursor) => {
      const right = cursor.expression(precedence[word]);
      return { kind: word, left, right, at: left.at, end: right.end };
    },
  };
}

const reserved: ReadonlySet<string> = new Set(
  [...operatorNames, 'and', 'or', 'any', 'all', 'true', 'false', 'null', 'plus', 'minus'].map((word) =>
    word.toLowerCase(),
  ),
);

const isDirectReports = (token: Token, cursor: Cursor<Condition>): boolean =>
  wordOf(token) === 'direct' && wordOf(cursor.peek()) === 'reports';

function readComparison(token: Token, cursor: Cursor<Condition>): Condition {
  const property = { name: token.text, at: token.at, end: token.end };
  const operatorToken = cursor.take();
  const word = wordOf(operatorToken);
  if (word === 'any' || word === 'all') {
    const open = cursor.expectSymbol('(');
    const condition = readRest(open, cursor);
    return { kind: word, collection: property, condition, at: token.at, end: condition.end };
  }
  const operator = operatorNames.find((name) => name.toLowerCase() === word);
  if (operator === undefined) throw notAnOperator(token, operatorToken);
  const value = readValue(cursor);
  return { kind: 'compare', property, operator, value, at: token.at, end: value.end };
}

/** What stands in parentheses, the first of which has been taken; its position includes them. */
function readRest(open: Token, cursor: Cursor<Condition>): Condition {
  const inner = cursor.expression();
  const close = cursor.peek();
  if (cursor.takeSymbol(')')) return { ...inner, at: open.at, end: close.end };
  if (close.kind === 'end') {
    throw new RuleRefused('parenthesisNotClosed', 'closeParenthesis', {}, open);
  }
  throw new RuleRefused('linkExpected', 'linkOrClose', { found: close.text }, close);
}

function notAnOperator({ text: property }: Token, token: Token): ProblemFound {
  const { text: found } = token;
  if (token.kind === 'end') return new RuleRefused('operatorExpectedAtEnd', 'operatorAndValue', { property }, token);
  if (token.kind !== 'name') return new RuleRefused('operatorExpected', 'operatorAndValue', { property, found }, token);
  const words = [...operatorNames, 'any', 'all'];
  const suggestions = nearest(wordOf(token), words).map((word) => `-${word}`);
  const [meant] = suggestions;
  if (meant !== undefined)
    return new RuleRefused('operatorUnknown', 'didYouMean', { found, meant }, token, suggestions);
  return new RuleRefused('operatorUnknown', 'useOneOf', { found, operators: words.map((word) => `-${word}`) }, token);
}
