/**
 * Text as a terminal may show it. Names come from directories that other people write: an escape sequence in one must
 * not move the cursor, nor a bidirectional override reorder a line.
 */
export function printable(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return text.replace(/[\r\n\t]+/g, ' ').replace(unsafe, '\u{fffd}');
}

/** An instant in ISO 8601 to the minute, in UTC: `2026-11-20 10:00`. */
export const minuteOf = (instant: string): string => instant.slice(0, 16).replace('T', ' ');

/** Control characters (C0, C1), line and paragraph separators, bidirectional embeddings, overrides and isolates. */
const unsafe = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** How many columns of a terminal the text takes: wide characters (CJK, emoji) take two, combining ones none. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** The start of the text that fits, with an ellipsis in place of what does not. */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width <= 0) return '';
  let start = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += graphemeWidth(segment);
    if (used > width - 1) break;
    start += segment;
  }
  return `${start}…`;
}

/** Lines of whole words, each at most `width` wide; a word that is longer than a line is broken. */
export function wrapTo(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (displayWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (displayWidth(line) > width) {
      const start = startThatFits(line, width);
      lines.push(start);
      line = line.slice(start.length);
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

function startThatFits(text: string, width: number): string {
  let start = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += graphemeWidth(segment);
    // At least one, however narrow the column: otherwise the word would never end.
    if (used > width && start !== '') break;
    start += segment;
  }
  return start;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function graphemeWidth(grapheme: string): number {
  if (/^\p{M}+$/u.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}

const wide =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]|\ufe0f/u;
