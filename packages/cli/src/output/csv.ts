import type { Cell } from './column.ts';

/**
 * One record of RFC 4180, with its line end.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises: display names are
 * written by whoever may edit the directory, and reports are opened by administrators. Numbers and booleans never
 * get one, and `--json` has every text as it is.
 */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  const text = typeof cell === 'string' ? cell : isList(cell) ? cell.join('; ') : JSON.stringify(cell);
  const safe = startsFormula.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The full-width forms are read as the plain ones by spreadsheets in East Asian languages. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/;

const isList = (cell: Cell): cell is readonly string[] => Array.isArray(cell);
