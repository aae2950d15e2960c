/**
 * As RFC 4180; what a spreadsheet would take for a formula gets an apostrophe before it, since names come from whoever may
 * write the directory.
 */
export function cellOf(value: string | number | boolean | undefined): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
