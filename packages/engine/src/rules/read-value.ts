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
  throw new RuleRefused('syntax', 'this list is not closed', 'Write a list as ["a", "b"], with commas between.', where);
}

function readNow(token: Token, cursor: Cursor<Condition>): Value {
  const sign = wordOf(cursor.peek());
  if (sign !== 'plus' && sign !== 'minus') return { type: 'now', at: token.at, end: token.end };
  cursor.take();
  const duration = cursor.take();
  const by = duration.kind === 'name' ? parseDuration(duration.text) : undefined;
  if (by === undefined) {
    const hint = `Write a duration of ISO 8601 in whole units, at most ${durationYearsMax} years: P1D, P2W, PT12H.`;
    throw new RuleRefused('syntax', `'${duration.text}' is not a duration`, hint, duration);
  }
  return { type: 'now', moved: { sign, by }, at: token.at, end: duration.end };
}

function readLiteral(token: Token): LiteralValue {
  if (token.kind === 'string') return { type: 'string', value: unquote(token) };
  if (token.kind === 'number') {
    if (token.text.length > digitsMax)
      throw new RuleRefused(
        'type',
        `'${token.text.slice(0, 40)}' is too long for a number`,
        'Write it as a text in quotes.',
        token,
      );
    return { type: 'number', value: Number(token.text) + 0 };
  }
  const word = token.kind === 'name' ? token.text.toLowerCase() : '';
  if (word === 'null') return { type: 'null' };
  if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true' };
  if (token.kind === 'name') {
    throw new RuleRefused('syntax', `'${token.text}' is not a value`, `Put texts in quotes: "${token.text}".`, token, [
      `"${token.text}"`,
    ]);
  }
  const found = token.kind === 'end' ? 'the end' : `'${token.text}'`;
  const hint = 'Write a text in quotes, true, false, null, system.now, or a list such as ["a", "b"].';
  throw new RuleRefused('syntax', `expected a value, found ${found}`, hint, token);
}
