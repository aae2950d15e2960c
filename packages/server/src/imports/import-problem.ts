import { say } from './import-sentences.ts';

/**
 * One thing wrong in a file: where (line 1 is the first of the file, the column by its name in the file), and what to
 * do about it. A row with problems is never imported; every column at fault is reported.
 */
export type { ImportProblem } from '@allot/contract';

/** What a value may look like in a message: whole values of a hostile file do not belong in a log. */
export const quoted = (value: string): string => `"${shortened(value)}"`;

export const shortened = (value: string): string =>
  value.length > quotedCharsMax ? `${value.slice(0, quotedCharsMax)}…` : value;

const quotedCharsMax = 60;

/** The sentence for a value that is longer than its column allows. */
export function tooLong(value: string, charsMax: number): string {
  return say('cellTooLong', { length: value.length, max: charsMax }).text;
}
