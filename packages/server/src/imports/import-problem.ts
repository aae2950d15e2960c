/**
 * One thing wrong in a file: where (line 1 is the first of the file, the column by its name in the file), and what to
 * do about it. A row with problems is never imported; every column at fault is reported.
 */
export type ImportProblem = { readonly line: number; readonly column: string; readonly problem: string };

/** What a value may look like in a message: whole values of a hostile file do not belong in a log. */
export function quoted(value: string): string {
  const start = value.length > quotedCharsMax ? `${value.slice(0, quotedCharsMax)}…` : value;
  return `"${start}"`;
}

const quotedCharsMax = 60;

/** The sentence for a value that is longer than its column allows. */
export function tooLong(value: string, charsMax: number): string {
  return `has ${value.length} characters and at most ${charsMax} are allowed: shorten it`;
}
