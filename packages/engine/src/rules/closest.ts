/** Names further away than this many changes of a letter are not what was meant. */
const distanceMax = 3;
/** Longer names are no slips of names of ours. */
const lengthMax = 64;

/** The candidates that differ little from a word, the least first, without regard to case. */
export function nearest(word: string, candidates: readonly string[]): readonly string[] {
  if (word.length > lengthMax) return [];
  return candidates
    .map((candidate) => ({ candidate, distance: distanceOf(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.min(distanceMax, candidate.length / 2))
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ candidate }) => candidate);
}

/** Letters to insert, remove or replace (Levenshtein), row by row. */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of from.split('').entries()) {
    const next = [line + 1];
    for (const [index, other] of to.split('').entries()) {
      const replaced = (row[index] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
