import type { Between, Cursor, Grammar } from '../language/pratt.ts';
import type { Token, TokenRule } from '../language/read-tokens.ts';
import { closest, nearest } from './closest.ts';
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
    throw new RuleRefused(
      'syntax',
      '"Direct Reports for" cannot be combined with anything',
      'Write Direct Reports for "id of the manager" and nothing else.',
      token,
    );
  }
  if (token.kind === 'name' && !reserved.has(wordOf(token))) return readComparison(token, cursor);
  const found = token.kind === 'end' ? 'the end' : `'${token.text}'`;
  throw new RuleRefused(
    'syntax',
    `expected a property, found ${found}`,
    'An expression is a property, an operator and a value: user.department -eq "Sales".',
    token,
  );
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
    throw new RuleRefused('syntax', 'this parenthesis is never closed', 'Add the missing ).', open);
  }
  throw new RuleRefused(
    'syntax',
    `expected -and, -or or ')', found '${close.text}'`,
    'Join two expressions with -and or -or, or close the parenthesis.',
    close,
  );
}

function notAnOperator(property: Token, found: Token): RuleRefused {
  if (found.kind !== 'name') {
    const what = found.kind === 'end' ? 'the end' : `'${found.text}'`;
    const hint = `Write an operator and a value after ${property.text}: ${property.text} -eq "text".`;
    return new RuleRefused('syntax', `expected an operator after '${property.text}', found ${what}`, hint, found);
  }
  const words = [...operatorNames, 'any', 'all'];
  const near = closest(wordOf(found), words);
  const hint = near === undefined ? `Use one of -${words.join(', -')}.` : `Did you mean -${near}?`;
  const suggestions = nearest(wordOf(found), words).map((word) => `-${word}`);
  return new RuleRefused('syntax', `'${found.text}' is not an operator`, hint, found, suggestions);
}
