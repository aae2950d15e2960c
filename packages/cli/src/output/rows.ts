import { styleText } from 'node:util';
import { terminalColumns, write } from '../io.ts';
import type { Io } from '../io.ts';
import type { Column, Format, RowWriter } from './column.ts';
import { csvRecord } from './csv.ts';
import { layOut, tableHeading, tableRow } from './table.ts';
import type { TableLayout } from './table.ts';

/** Writes rows as they come, in the format asked for. `empty`: what a person reads when there are none. */
export function rowWriter<Row>(columns: readonly Column<Row>[], format: Format, io: Io, empty: string): RowWriter<Row> {
  if (format === 'json') return jsonWriter(columns, io);
  if (format === 'csv') return csvWriter(columns, io);
  return tableWriter(columns, io, empty);
}

/** A list that is short enough to be held at once. */
export async function printRows<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  format: Format,
  io: Io,
  empty: string,
): Promise<void> {
  const writer = rowWriter(columns, format, io, empty);
  await writer.rows(rows);
  await writer.end();
}

export async function printJson(value: unknown, io: Io): Promise<void> {
  await write(io.out, `${JSON.stringify(value, null, 2)}\n`);
}

/** The objects that `--json` prints for rows. */
export const asObjects = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly object[] =>
  rows.map((row) => Object.fromEntries(columns.map(({ key, value }) => [key, value(row)])));

/** One array, an object a line: valid JSON as a whole, and still handy for line tools. */
function jsonWriter<Row>(columns: readonly Column<Row>[], io: Io): RowWriter<Row> {
  let separator = '[\n';
  return {
    async rows(rows) {
      let text = '';
      for (const object of asObjects(columns, rows)) {
        text += separator + JSON.stringify(object);
        separator = ',\n';
      }
      await write(io.out, text);
    },
    end: () => write(io.out, separator === '[\n' ? '[]\n' : '\n]\n'),
  };
}

function csvWriter<Row>(columns: readonly Column<Row>[], io: Io): RowWriter<Row> {
  const kept = columns.filter(({ jsonOnly }) => jsonOnly !== true);
  let header = csvRecord(kept.map(({ key }) => key));
  return {
    async rows(rows) {
      const text = header + rows.map((row) => csvRecord(kept.map(({ value }) => value(row)))).join('');
      header = '';
      await write(io.out, text);
    },
    end: () => write(io.out, header),
  };
}

function tableWriter<Row>(columns: readonly Column<Row>[], io: Io, empty: string): RowWriter<Row> {
  let layout: TableLayout<Row> | undefined;
  return {
    async rows(rows) {
      if (rows.length === 0) return;
      let text = '';
      if (layout === undefined) {
        layout = layOut(columns, rows, terminalColumns(io.out));
        // Plain when the stream is no terminal, or NO_COLOR is set.
        text = `${styleText('bold', tableHeading(layout), { stream: io.out })}\n`;
      }
      for (const row of rows) text += `${tableRow(layout, row)}\n`;
      await write(io.out, text);
    },
    end: async () => {
      if (layout === undefined) await write(io.out, `${empty}\n`);
    },
  };
}
