import type { Cursor } from '../language/pratt.ts';
import type { Token } from '../language/read-tokens.ts';
import { durationYearsMax, parseDuration } from './duration.ts';
import { RuleRefused } from './rule-problem.ts';
import type { Condition, LiteralValue, Value } from './tree.ts';
import { wordOf } from './word.ts';

/** Characters of a number at most: all of them count. */
const digitsMax = 15;

/** Reads what stands on the right of an operator. */
export function readValue(cursor: Cursor<Condition>): Value {
  const token = cursor.take();
  if (token.kind === 'symbol' && token.text === '[') return readList(token, cursor);
  if (wordOf(token) === 'system.now') return readNow(token, cursor);
  return { ...readLiteral(token), at: token.at, end: token.end };
}

/** The text between the quotes of a token. */
export function unquote({ text }: Token): string {
  const inner = text.slice(1, -1);
  return text.startsWith('"') ? inner.replaceAll('`"', '"') : inner.replaceAll("''", "'");
}

function readList(open: Token, cursor: Cursor<Condition>): Value {
  const values: Value[] = [];
  do {
    const token = cursor.take();
    values.push({ ...readLiteral(token), at: token.at, end: token.end });
  } while (cursor.takeSymbol(','));
  const close = cursor.peek();
  if (cursor.takeSymbol(']')) return { type: 'list', values, at: open.at, end: close.end };
  const where = close.kind === 'end' ? open : close;
  throw new RuleRefused('listNotClosed', 'closeList', {}, where);
}

function readNow(token: Token, cursor: Cursor<Condition>): Value {
  const sign = wordOf(cursor.peek());
  if (sign !== 'plus' && sign !== 'minus') return { type: 'now', at: token.at, end: token.end };
  cursor.take();
  const duration = cursor.take();
  const by = duration.kind === 'name' ? parseDuration(duration.text) : undefined;
  if (by === undefined) {
    const fillings = { found: duration.text, years: durationYearsMax };
    throw new RuleRefused('durationUnknown', 'duration', fillings, duration);
  }
  return { type: 'now', moved: { sign, by }, at: token.at, end: duration.end };
}

function readLiteral(token: Token): LiteralValue {
  if (token.kind === 'string') return { type: 'string', value: unquote(token) };
  if (token.kind === 'number') {
    if (token.text.length > digitsMax)
      throw new RuleRefused('numberTooLong', 'numberAsText', { found: token.text.slice(0, 40) }, token);
    return { type: 'number', value: Number(token.text) + 0 };
  }
  const word = token.kind === 'name' ? token.text.toLowerCase() : '';
  if (word === 'null') return { type: 'null' };
  if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true' };
  if (token.kind === 'name') {
    throw new RuleRefused('valueUnknown', 'quote', { found: token.text }, token, [`"${token.text}"`]);
  }
  if (token.kind === 'end') throw new RuleRefused('valueExpectedAtEnd', 'value', {}, token);
  throw new RuleRefused('valueExpected', 'value', { found: token.text }, token);
}
