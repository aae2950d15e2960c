import { parseExpression, unexpected } from '../pratt.ts';
import type { Between, Cursor, Grammar } from '../pratt.ts';
import { ProblemFound, parsed } from '../problem.ts';
import type { Parsed } from '../problem.ts';
import { readTokens } from '../read-tokens.ts';
import type { Token, TokenRule } from '../read-tokens.ts';
import { compareOperators, functionNames } from './tree.ts';
import type { CompareOperator, Filter, Literal, Path } from './tree.ts';

/**
 * Reads the text of a `$filter` as Graph's clients write it: keywords and functions in any case, GUIDs and dates
 * with or without quotes, `not` before a comparison with or without parentheses, a literal on either side.
 * Precedence, tightest first: comparisons and `in`, `not`, `and`, `or`.
 */
export function parseFilter(source: string): Parsed<Filter> {
  return parsed(() => conditionOf(parseExpression(readTokens(source, tokenRules, "'"), grammar)));
}

const tokenRules: readonly TokenRule[] = [
  { kind: 'guid', pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/iy },
  {
    kind: 'dateTime',
    pattern: /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,12})?)?(?:Z|[+-]\d{2}:\d{2}))?(?![\w-])/iy,
  },
  { kind: 'number', pattern: /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.-])/iy },
  { kind: 'name', pattern: /[A-Za-z_$][\w.]*/y },
  { kind: 'string', pattern: /'(?:[^']|'')*'/y },
  { kind: 'symbol', pattern: /[(),/:]/y },
];

/** While reading, operands stand beside conditions; what is left at the end must be a condition. */
type Node = Filter | Operand;
type Operand = { readonly kind: 'path'; readonly path: Path } | { readonly kind: 'literal'; readonly literal: Literal };

const grammar: Grammar<Node> = { begin, between };

const power = { or: 10, and: 20, not: 30, compare: 40 };

function begin(token: Token, cursor: Cursor<Node>): Node {
  if (token.kind === 'symbol' && token.text === '(') {
    const inner = conditionOf(cursor.expression());
    cursor.expectSymbol(')');
    return inner;
  }
  if (token.kind === 'name') {
    const word = token.text.toLowerCase();
    if (word === 'not') return { kind: 'not', operand: conditionOf(cursor.expression(power.not)) };
    if (cursor.peek().text === '(' && cursor.peek().kind === 'symbol') return readCall(token, cursor);
    if (!constants.has(word)) return readPath(token, cursor);
  }
  return { kind: 'literal', literal: literalOf(token) };
}

function between(token: Token): Between<Node> | undefined {
  if (token.kind !== 'name') return undefined;
  const word = token.text.toLowerCase();
  if (word === 'and' || word === 'or') {
    return {
      power: power[word],
      build: (left, _, cursor) => ({
        kind: word,
        left: conditionOf(left),
        right: conditionOf(cursor.expression(power[word])),
      }),
    };
  }
  if (word === 'in') return { power: power.compare, build: buildIn };
  const operator = compareOperators.find((known) => known === word);
  if (operator === undefined) return undefined;
  return {
    power: power.compare,
    build: (left, operatorToken, cursor) =>
      buildCompare(left, operator, operatorToken, cursor.expression(power.compare)),
  };
}

const constants: ReadonlySet<string> = new Set(['true', 'false', 'null']);

function literalOf(token: Token): Literal {
  const { text, at, end } = token;
  if (token.kind === 'string') return { type: 'string', value: text.slice(1, -1).replaceAll("''", "'"), at, end };
  if (token.kind === 'number') return { type: 'number', value: Number(text), at, end };
  if (token.kind === 'guid') return { type: 'guid', value: text.toLowerCase(), at, end };
  if (token.kind === 'dateTime') return { type: 'dateTime', value: text, at, end };
  const word = token.kind === 'name' ? text.toLowerCase() : '';
  if (word === 'null') return { type: 'null', value: null, at, end };
  if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true', at, end };
  throw unexpected(token, 'a property, a value or a function');
}

function readPath(first: Token, cursor: Cursor<Node>): Node {
  const names = [first.text];
  let end = first.end;
  while (cursor.takeSymbol('/')) {
    const name = cursor.take();
    if (name.kind !== 'name') throw unexpected(name, 'a property');
    const word = name.text.toLowerCase();
    const path = { names, at: first.at, end };
    if ((word === 'any' || word === 'all') && cursor.takeSymbol('(')) return readLambda(word, path, cursor);
    names.push(name.text);
    end = name.end;
  }
  return { kind: 'path', path: { names, at: first.at, end } };
}

function readLambda(kind: 'any' | 'all', path: Path, cursor: Cursor<Node>): Filter {
  if (kind === 'any' && cursor.takeSymbol(')')) return { kind, path, variable: undefined, condition: undefined };
  const variable = cursor.take();
  if (variable.kind !== 'name') throw unexpected(variable, 'the name of a variable');
  cursor.expectSymbol(':');
  const condition = conditionOf(cursor.expression());
  cursor.expectSymbol(')');
  return { kind, path, variable: variable.text, condition };
}

function readCall(token: Token, cursor: Cursor<Node>): Filter {
  const name = functionNames.find((known) => known.toLowerCase() === token.text.toLowerCase());
  if (name === undefined) throw new ProblemFound(`An unknown function with name '${token.text}' was found`, token);
  cursor.expectSymbol('(');
  const path = cursor.expression(power.compare);
  if (path.kind !== 'path') throw new ProblemFound(`The first argument of ${name} must be a property`, token);
  cursor.expectSymbol(',');
  const value = literalOf(cursor.take());
  cursor.expectSymbol(')');
  return { kind: 'call', name, path: path.path, value };
}

function buildIn(left: Node, operator: Token, cursor: Cursor<Node>): Filter {
  if (left.kind !== 'path') throw new ProblemFound("Only a property can stand before 'in'", operator);
  cursor.expectSymbol('(');
  const values = [literalOf(cursor.take())];
  while (cursor.takeSymbol(',')) values.push(literalOf(cursor.take()));
  cursor.expectSymbol(')');
  return { kind: 'in', path: left.path, values };
}

function buildCompare(left: Node, operator: CompareOperator, token: Token, right: Node): Filter {
  if (left.kind === 'path' && right.kind === 'literal') {
    return { kind: 'compare', operator, path: left.path, value: right.literal };
  }
  if (left.kind === 'literal' && right.kind === 'path') {
    return { kind: 'compare', operator: mirrored[operator], path: right.path, value: left.literal };
  }
  // `startsWith(displayName,'a') eq true`, as some clients write it.
  if (right.kind === 'literal' && right.literal.type === 'boolean' && !isOperand(left)) {
    if (operator === 'eq' || operator === 'ne') {
      return right.literal.value === (operator === 'eq') ? left : { kind: 'not', operand: left };
    }
  }
  throw new ProblemFound(`'${token.text}' compares a property with a value`, token);
}

const mirrored = { eq: 'eq', ne: 'ne', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' } as const;

const isOperand = (node: Node): node is Operand => node.kind === 'path' || node.kind === 'literal';

/** A property alone, as in `accountEnabled and …`, asks whether it is true. */
function conditionOf(node: Node): Filter {
  if (node.kind === 'path') {
    const { at, end } = node.path;
    return { kind: 'compare', operator: 'eq', path: node.path, value: { type: 'boolean', value: true, at, end } };
  }
  if (node.kind === 'literal') throw new ProblemFound('A value alone is no condition', node.literal);
  return node;
}
