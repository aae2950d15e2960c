import type { Column } from './column.ts';
import { cutTo, displayWidth, printable, wrapTo } from './printable.ts';

/** The widths of a table's columns, fixed by its first rows so that later ones can be written as they come. */
export interface TableLayout<Row> {
  readonly columns: readonly LaidOut<Row>[];
  /** A column that has no room beside the others: its text stands in lines of its own. */
  readonly below: Column<Row> | undefined;
  /** Undefined where there is no edge to keep within: in a file or pipe nothing is cut. */
  readonly terminalColumns: number | undefined;
}

interface LaidOut<Row> {
  readonly column: Column<Row>;
  readonly heading: string;
  readonly width: number;
  readonly right: boolean;
}

/** Between columns. */
const gap = 2;
/** No column is made narrower than this to make room for others. */
const widthMin = 4;
/** A sentence in a narrower column is hard to read. */
const wrappedWidthMin = 40;
/** Of the lines below a row. */
const indent = 4;

/** `terminalColumns`: undefined when nobody looks at the edge. */
export function layOut<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  terminalColumns: number | undefined,
): TableLayout<Row> {
  const natural = columns.flatMap((column) => {
    if (column.heading === undefined) return [];
    const widths = rows.map((row) => displayWidth(cellText(column, row)));
    const width = widths.reduce((most, one) => Math.max(most, one), displayWidth(column.heading));
    const right =
      rows.length > 0 && rows.every((row) => typeof column.value(row) === 'number' || column.value(row) === null);
    return [{ column, heading: column.heading, width, right: right && rows.some((row) => column.value(row) !== null) }];
  });
  const last = natural.at(-1);
  if (terminalColumns === undefined || last === undefined)
    return { columns: natural, below: undefined, terminalColumns };
  const others = natural.slice(0, -1);
  const room = terminalColumns - widthOf(others) - (others.length === 0 ? 0 : gap);
  if (last.column.wraps !== true || last.width <= room) {
    return { columns: shrink(natural, terminalColumns), below: undefined, terminalColumns };
  }
  if (room >= wrappedWidthMin)
    return { columns: [...others, { ...last, width: room }], below: undefined, terminalColumns };
  return { columns: shrink(others, terminalColumns), below: last.column, terminalColumns };
}

const widthOf = (columns: readonly { readonly width: number }[]): number =>
  columns.reduce((sum, { width }) => sum + width + gap, 0) - (columns.length === 0 ? 0 : gap);

export function tableHeading<Row>(layout: TableLayout<Row>): string {
  const headings = layout.columns.map(({ heading, width }) => cutTo(heading.toUpperCase(), width));
  const { below } = layout;
  return `${joinCells(layout, headings)}${below?.heading === undefined ? '' : `\n${' '.repeat(indent)}${below.heading.toUpperCase()}`}`;
}

/** The lines of one row: one, unless its last column wraps. */
export function tableRow<Row>(layout: TableLayout<Row>, row: Row): string {
  const { terminalColumns } = layout;
  const cells = layout.columns.map(({ column, width }) => {
    const text = cellText(column, row);
    if (terminalColumns === undefined || column.whole === true) return [text];
    return column.wraps === true ? wrapTo(text, width) : [cutTo(text, width)];
  });
  const height = cells.reduce((most, lines) => Math.max(most, lines.length), 1);
  const lines = Array.from({ length: height }, (_, line) =>
    joinCells(
      layout,
      cells.map((texts) => texts[line] ?? ''),
    ),
  );
  return [...lines, ...linesBelow(layout, row)].join('\n');
}

function linesBelow<Row>({ below, terminalColumns }: TableLayout<Row>, row: Row): readonly string[] {
  const text = below === undefined ? '' : cellText(below, row);
  if (text === '') return [];
  const width = Math.max(wrappedWidthMin, (terminalColumns ?? 0) - indent);
  return wrapTo(text, width).map((line) => ' '.repeat(indent) + line);
}

function joinCells<Row>(layout: TableLayout<Row>, texts: readonly string[]): string {
  const padded = layout.columns.map(({ width, right }, index) => {
    const text = texts[index] ?? '';
    const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
    return right ? blanks + text : text + blanks;
  });
  return padded.join(' '.repeat(gap)).trimEnd();
}

/** Takes from the widest columns first. */
function shrink<Row>(columns: readonly LaidOut<Row>[], terminalColumns: number): readonly LaidOut<Row>[] {
  const widths = columns.map(({ width }) => width);
  for (let excess = widthOf(columns) - terminalColumns; excess > 0; excess -= 1) {
    const cuttable = widths.map((width, index) => (columns[index]?.column.whole === true ? 0 : width));
    const widest = cuttable.indexOf(Math.max(...cuttable));
    const width = cuttable[widest] ?? 0;
    if (width <= widthMin) break;
    widths[widest] = width - 1;
  }
  return columns.map((column, index) => ({ ...column, width: widths[index] ?? column.width }));
}

function cellText<Row>(column: Column<Row>, row: Row): string {
  if (column.text !== undefined) return printable(column.text(row));
  const cell = column.value(row);
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'number') return cell.toLocaleString('en-US');
  return printable(typeof cell === 'string' ? cell : Array.isArray(cell) ? cell.join(', ') : JSON.stringify(cell));
}
