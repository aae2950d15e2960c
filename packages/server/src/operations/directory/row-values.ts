/** A text of a row or of values; undefined if there is none. */
export function textOf(row: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = row[name];
  return typeof value === 'string' ? value : undefined;
}

/** A list of texts of a row or of values; empty if there is none. */
export function textsOf(row: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const value = row[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
