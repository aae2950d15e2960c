import { RuleRefused } from './rule-problem.ts';
import type { Position } from './tree.ts';

/** What the repeats of a pattern that stand inside one another multiply to at most: it decides how large the automaton gets. */
const repeatsMax = 1_000;
const repeatMax = 255;

/** What patterns cannot have, because it means another thing elsewhere, or takes time without bound. */
const refused: readonly (readonly [form: RegExp, what: string, hint: string])[] = [
  [/^\(\?(?!:)/, 'lookaround, named groups and options', 'Use plain groups: (…) or (?:…). Case is ignored anyway.'],
  [/^\\[1-9]/, 'a reference back to a group', 'Write the text out.'],
  [/^\\[pP]/, 'a class of Unicode characters', 'Use \\w, \\d or a class such as [a-z].'],
  [/^\\[^\w\s]/, '', ''],
  [/^\\[dDsSwWbB]/, '', ''],
  [/^\\[tnrf]/, '', ''],
  [/^\\./, 'this escape', 'Use \\d, \\w, \\s, \\b, their opposites, or \\ before a punctuation character.'],
  [/^(?:[*+?]|\{\d+(?:,\d*)?\})[+]/, 'a possessive repeat', 'Leave the + out.'],
];

/**
 * Refuses what is not the common part of the regular expressions of .NET and PostgreSQL.
 * @param where the value in the rule; positions point at it as a whole
 * @throws RuleRefused
 */
export function checkPattern(pattern: string, where: Position): void {
  try {
    new RegExp(pattern, 'i');
  } catch {
    throw new RuleRefused(
      'syntax',
      `"${pattern}" is not a regular expression`,
      'Close every (, [ and {, and put \\ before those that are meant as text.',
      where,
    );
  }
  // The repeats around where we are; each group has its own, known only when it ends.
  const open: number[] = [1];
  let at = 0;
  while (at < pattern.length) {
    const rest = pattern.slice(at);
    for (const [form, what, hint] of refused) {
      if (!form.test(rest)) continue;
      if (what === '') break;
      throw new RuleRefused(
        'syntax',
        `"${pattern}" has ${what} at character ${at + 1}, which patterns cannot have`,
        hint,
        where,
      );
    }
    at = readPiece(pattern, at, open, where);
  }
}

/** One piece of a pattern with its repeat; returns where the next begins. */
function readPiece(pattern: string, at: number, open: number[], where: Position): number {
  const character = pattern.charAt(at);
  let end = at + 1;
  let inner = 1;
  if (character === '\\') end = at + 2;
  else if (character === '[') end = endOfClass(pattern, at);
  else if (character === '(') {
    open.push(1);
    return pattern.startsWith('(?:', at) ? at + 3 : end;
  } else if (character === ')') inner = open.pop() ?? 1;
  const repeat = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??/.exec(pattern.slice(end));
  const times = repeat === null ? 1 : Math.max(Number(repeat[1] ?? 1), Number(repeat[2] || repeat[1] || 1), 1);
  if (times > repeatMax || inner * times > repeatsMax)
    throw new RuleRefused(
      'syntax',
      `"${pattern}" repeats too much`,
      `Repeat at most ${repeatMax} times, and repeats inside repeats at most ${repeatsMax} times together.`,
      where,
    );
  const outer = open.pop() ?? 1;
  open.push(Math.max(outer, inner * times));
  return end + (repeat?.[0].length ?? 0);
}

function endOfClass(pattern: string, at: number): number {
  let end = at + (pattern.charAt(at + 1) === '^' ? 2 : 1);
  // A bracket that comes first is a character.
  if (pattern.charAt(end) === ']') end += 1;
  while (end < pattern.length && pattern.charAt(end) !== ']') end += pattern.charAt(end) === '\\' ? 2 : 1;
  return end + 1;
}

/** The same pattern as PostgreSQL writes it: there \b is a backspace, and \y and \Y are the edges of words. */
export const toPostgresPattern = (pattern: string): string =>
  `***:${pattern.replaceAll(/\\(.)/gs, (escape, character: string) =>
    character === 'b' ? '\\y' : character === 'B' ? '\\Y' : escape,
  )}`;
