import type { Client } from '@allot/contract';
import { advancedUncounted } from '../../api/advanced.ts';
import { cellOf } from './csv-cell.ts';

/** A column of the file: its heading, and what a row has there. */
export type CsvColumn<Row> = readonly [header: string, valueOf: (row: Row) => string | number | boolean | undefined];

/** What Graph gives on a page at most. */
const rowsMax = 999;

/** The same list in the largest pages: a million users are a thousand requests instead of ten thousand. */
const inLargestPages = (path: string): string => path.replace(/\$top=\d+/, `$top=${rowsMax}`);

/**
 * A whole list as CSV (RFC 4180), with a mark that tells spreadsheets the encoding.
 * @param path of the list, with `$top`
 * @param tell how many rows are written, after each page
 * @param signal ends it after the page that is being read
 * @returns undefined when it was ended
 * @throws ApiError of the server
 */
export async function writeCsv<Row>(
  client: Client,
  path: string,
  columns: readonly CsvColumn<Row>[],
  tell: (rows: number) => void,
  signal: AbortSignal,
): Promise<Blob | undefined> {
  const lineOf = (cells: readonly string[]) => `${cells.join(',')}\r\n`;
  // Each page is a part of its own, which the browser may keep on the disk: as strings a million rows are 200 MB of memory.
  const parts = [new Blob(['\uFEFF', lineOf(columns.map(([header]) => cellOf(header)))])];
  let written = 0;
  for await (const page of client.pages<Row>(inLargestPages(path), advancedUncounted)) {
    if (signal.aborted) return undefined;
    parts.push(new Blob([page.map((row) => lineOf(columns.map(([, valueOf]) => cellOf(valueOf(row))))).join('')]));
    written += page.length;
    tell(written);
  }
  return signal.aborted ? undefined : new Blob(parts, { type: 'text/csv;charset=utf-8' });
}
