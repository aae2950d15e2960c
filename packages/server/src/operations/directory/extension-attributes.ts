/** The fifteen extension attributes after some were set: `changes` maps their numbers, from 1, to values. */
export function extensionAttributes(before: unknown, changes: unknown): readonly unknown[] {
  const old: readonly unknown[] = Array.isArray(before) ? before : [];
  const changed: ReadonlyMap<unknown, unknown> = changes instanceof Map ? changes : new Map();
  return Array.from({ length: 15 }, (_, at) => (changed.has(at + 1) ? changed.get(at + 1) : (old[at] ?? null)));
}
