import { columnKey } from './column-key.ts';
import type { FileStream } from './decode-text.ts';
import type { ImportProblem } from './import-problem.ts';
import { shortened } from './import-problem.ts';
import { problemAt, type Said, say } from './import-sentences.ts';
import { foldRows } from './product-list-fold.ts';
import type { ListedPlan, ListedProduct, ListNote, ListRow } from './product-list-fold.ts';
import { readTable } from './read-table.ts';
import type { Row } from './split-rows.ts';

/**
 * Microsoft's list "Product names and service plan identifiers for licensing", as downloaded: one row per product and
 * plan. `rows` counts the rows after the first that say something. `notes` tell what was put right on the way, in the
 * order of the lines: nothing an administrator has to do. `problems` are rows that were left out.
 */
export type ProductList = {
  readonly rows: number;
  readonly products: readonly ListedProduct[];
  readonly plans: readonly ListedPlan[];
  readonly notes: readonly ListNote[];
  readonly problems: readonly ImportProblem[];
};

/**
 * Reads the product list (L-21): any order and case of columns, with or without a byte-order mark, UTF-8 or
 * Windows-1252 (Microsoft publishes both). Products and plans are told apart by GUID alone, because the list gives one
 * part number to two products and several names to one plan. Products and plans come in the order of the file.
 */
export async function readProductList(stream: FileStream): Promise<ProductList> {
  const notes: ListNote[] = [];
  const problems: ImportProblem[] = [];
  const table = await readTable(stream, { rowCharsMax }, (line) => {
    notes.push({ line, ...say('readAsWindows1252', {}) });
  });
  if ('problem' in table) return { rows: 0, products: [], plans: [], notes, problems: [table] };
  const columns = findColumns(table.columns);
  if ('problems' in columns) {
    await table.rows.return(undefined);
    return { rows: 0, products: [], plans: [], notes, problems: columns.problems };
  }
  const rows: ListRow[] = [];
  let count = 0;
  for await (const item of table.rows) {
    count += 1;
    if (count > rowsMax) {
      problems.push(problemAt(item.line, table.columns[0] ?? '', say('tooManyRows', { max: rowsMax })));
      break;
    }
    const read = 'problem' in item ? [item] : readRow(item, columns, notes);
    if (Array.isArray(read)) problems.push(...read);
    else rows.push(read);
  }
  const folded = foldRows(rows);
  const allNotes = [...notes, ...folded.notes].sort((a, b) => a.line - b.line);
  return { rows: count, products: folded.products, plans: folded.plans, notes: allNotes, problems };
}

/** Twenty times the longest row of the list of 2026-01. */
const rowCharsMax = 8_192;
/** Nearly two hundred times the list of 2026-01: what is kept in memory has an end. */
const rowsMax = 1_000_000;
const nameCharsMax = 512;

type Field = 'productName' | 'partNumber' | 'productId' | 'planName' | 'planId' | 'planDisplayName';
type Columns = Readonly<Record<Field, { readonly index: number; readonly name: string }>>;

const columnNames: readonly (readonly [Field, string])[] = [
  ['productName', 'Product_Display_Name'],
  ['partNumber', 'String_Id'],
  ['productId', 'GUID'],
  ['planName', 'Service_Plan_Name'],
  ['planId', 'Service_Plan_Id'],
  ['planDisplayName', 'Service_Plans_Included_Friendly_Names'],
];

function findColumns(header: readonly string[]): Columns | { problems: ImportProblem[] } {
  const keys = header.map(columnKey);
  const missing = columnNames.filter(([, name]) => !keys.includes(columnKey(name)));
  if (missing.length > 0) {
    return { problems: missing.map(([, column]) => problemAt(1, column, say('columnMissing', {}))) };
  }
  const found = (name: string) => {
    const index = keys.indexOf(columnKey(name));
    return { index, name: header[index] ?? name };
  };
  const [productName, partNumber, productId, planName, planId, planDisplayName] = columnNames.map(([, name]) =>
    found(name),
  );
  // All six are there: none is missing.
  return { productName, partNumber, productId, planName, planId, planDisplayName } as Columns;
}

function readRow(row: Row, columns: Columns, notes: ListNote[]): ListRow | ImportProblem[] {
  const problems: ImportProblem[] = [];
  const fault = (field: Field, said: Said) => problems.push(problemAt(row.line, columns[field].name, said));
  const text = (field: Field): string => {
    const cell = row.cells[columns[field].index] ?? '';
    const clean = withoutStrayBlanks(cell);
    if (clean !== cell)
      notes.push({
        line: row.line,
        column: columns[field].name,
        ...say('blanksRemoved', { value: shortened(clean) }),
      });
    if (clean === '') fault(field, say('cellEmpty', {}));
    if (clean.length > nameCharsMax) fault(field, say('cellTooLong', { length: clean.length, max: nameCharsMax }));
    return clean;
  };
  const guid = (field: Field): string => {
    const id = text(field).toLowerCase();
    if (id !== '' && !guidPattern.test(id)) fault(field, say('notGuid', { value: shortened(id) }));
    return id;
  };
  const read = {
    line: row.line,
    productName: text('productName'),
    partNumber: text('partNumber'),
    productId: guid('productId'),
    planName: text('planName'),
    planId: guid('planId'),
    planDisplayName: text('planDisplayName'),
  };
  return problems.length > 0 ? problems : read;
}

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Blanks of every kind (no-break, zero-width, tab, line end) become one ordinary blank, and none at the ends. */
function withoutStrayBlanks(text: string): string {
  return text.replaceAll(/[\s\u200b-\u200d\u2060]+/g, ' ').trim();
}
