/** The names somebody may have meant, best first: those that contain every word, then those with few typing errors. */
export function closestNames(wanted: string, names: readonly string[], most = 3): readonly string[] {
  const words = wanted
    .toLowerCase()
    .split(/[\s_]+/)
    .filter((word) => word !== '');
  const scored = [...new Set(names)].flatMap((name) => {
    const lower = name.toLowerCase();
    if (words.length > 0 && words.every((word) => lower.includes(word))) return [{ name, errors: 0 }];
    // Long names are no likelier to be meant than short ones: the part that is as long as what was typed decides.
    const errors = typingErrors(wanted.toLowerCase(), lower.slice(0, Math.max(wanted.length + 2, 4)));
    return errors <= Math.max(2, Math.floor(wanted.length / 3)) ? [{ name, errors }] : [];
  });
  const ordered = scored.sort((a, b) => a.errors - b.errors || a.name.length - b.name.length);
  return ordered.slice(0, most).map(({ name }) => name);
}

/** A sentence for the end of a message, or nothing. */
export function didYouMean(wanted: string, names: readonly string[]): string {
  const closest = closestNames(wanted, names);
  return closest.length === 0 ? '' : `Did you mean ${closest.map((name) => `'${name}'`).join(' or ')}?`;
}

/** Insertions, deletions, replacements and swaps of neighbors (optimal string alignment). */
function typingErrors(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let errors = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) errors = Math.min(errors, (beforeLast[j - 2] ?? 0) + 1);
      row.push(errors);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
