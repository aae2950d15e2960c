import { decodeText } from './decode-text.ts';
import type { FileStream } from './decode-text.ts';
import type { ImportProblem } from './import-problem.ts';
import { problemAt, say } from './import-sentences.ts';
import { splitRows } from './split-rows.ts';
import type { Row } from './split-rows.ts';

/** A CSV file whose first row names the columns: the names as written, and the rows after it. */
export type Table = {
  readonly columns: readonly string[];
  readonly rows: AsyncGenerator<Row | ImportProblem>;
};

/**
 * Opens a CSV file. A row comes as cells (not trimmed, and perhaps fewer than there are columns) or as problems:
 * broken quotes, more cells than columns, text in another encoding. Without a readable first row there is no table,
 * only the problem.
 */
export async function readTable(
  stream: FileStream,
  limits: { readonly rowCharsMax: number },
  onOtherEncoding?: (line: number) => void,
): Promise<Table | ImportProblem> {
  const rows = splitRows(decodeText(stream, onOtherEncoding), limits.rowCharsMax);
  const header = await headerOf(rows);
  if ('problem' in header) {
    await rows.return(undefined);
    return header;
  }
  const columns = header.cells.map((name) => name.trim());
  return { columns, rows: checkedRows(rows, columns) };
}

async function headerOf(rows: AsyncGenerator<Row | ImportProblem>): Promise<Row | ImportProblem> {
  for (;;) {
    const next = await rows.next();
    if (next.done) return problemAt(1, '(column 1)', say('fileEmpty', {}));
    if ('problem' in next.value) return next.value;
    // The bulk templates of the Entra admin center carry their version above the column names.
    if (/^version:/i.test(next.value.cells[0] ?? '')) continue;
    return textProblems(next.value, next.value.cells)[0] ?? next.value;
  }
}

async function* checkedRows(
  rows: AsyncGenerator<Row | ImportProblem>,
  columns: readonly string[],
): AsyncGenerator<Row | ImportProblem> {
  for await (const row of rows) {
    const problems = 'problem' in row ? [] : [...textProblems(row, columns), ...surplusProblems(row, columns)];
    if (problems.length === 0) yield row;
    else yield* problems;
  }
}

function textProblems(row: Row, columns: readonly string[]): ImportProblem[] {
  const problems: ImportProblem[] = [];
  for (const [index, cell] of row.cells.entries()) {
    const column = columns[index] || `(column ${index + 1})`;
    if (cell.includes('\0')) {
      problems.push(problemAt(row.line, column.replaceAll('\0', ''), say('nulCharacter', {})));
    } else if (cell.includes('\ufffd')) {
      problems.push(problemAt(row.line, column, say('notUtf8', {})));
    }
  }
  return problems;
}

function surplusProblems(row: Row, columns: readonly string[]): ImportProblem[] {
  const surplus = row.cells.findIndex((cell, index) => index >= columns.length && cell.trim() !== '');
  if (surplus === -1) return [];
  const said = say('surplusCells', { cells: row.cells.length, columns: columns.length });
  return [problemAt(row.line, `(column ${surplus + 1})`, said)];
}
