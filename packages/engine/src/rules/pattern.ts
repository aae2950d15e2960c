import { RuleRefused } from './rule-problem.ts';
import type { Position } from './tree.ts';

/** What the repeats of a pattern that stand inside one another multiply to at most: it decides how large the automaton gets. */
const repeatsMax = 1_000;
const repeatMax = 255;

/** What patterns cannot have, because it means another thing elsewhere, or takes time without bound. */
const refused = [
  [/^\(\?(?!:)/, 'patternLookaround', 'plainGroups'],
  [/^\\[1-9]/, 'patternBackreference', 'writeOut'],
  [/^\\[pP]/, 'patternUnicodeClass', 'plainClass'],
  // What is between the letters and blanks, and these letters, may be escaped.
  [/^\\[\w\s](?<!\\[dDsSwWbBtnrf])/, 'patternEscape', 'plainEscape'],
  [/^(?:[*+?]|\{\d+(?:,\d*)?\})[+]/, 'patternPossessive', 'noPlus'],
] as const;

/**
 * Refuses what is not the common part of the regular expressions of .NET and PostgreSQL.
 * @param where the value in the rule; positions point at it as a whole
 * @throws RuleRefused
 */
export function checkPattern(pattern: string, where: Position): void {
  try {
    new RegExp(pattern, 'i');
  } catch {
    throw new RuleRefused('patternMisformed', 'closePattern', { pattern }, where);
  }
  // The repeats around where we are; each group has its own, known only when it ends.
  const open: number[] = [1];
  let at = 0;
  while (at < pattern.length) {
    const rest = pattern.slice(at);
    const found = refused.find(([form]) => form.test(rest));
    if (found) throw new RuleRefused(found[1], found[2], { pattern, position: at + 1 }, where);
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
    throw new RuleRefused('patternRepeats', 'repeatLess', { pattern, max: repeatMax, together: repeatsMax }, where);
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
