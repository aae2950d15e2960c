/** What a row may hold; objects are for JSON only. */
export type Cell = string | number | boolean | null | readonly string[] | Readonly<Record<string, unknown>>;

export type Format = 'table' | 'json' | 'csv';

/** One definition of a list for its three formats. */
export interface Column<Row> {
  /** The name in JSON and in the header of CSV: scripts depend on it. */
  readonly key: string;
  /** The heading of the table; a column without one is for scripts only. */
  readonly heading?: string;
  readonly value: (row: Row) => Cell;
  /** Where it is not `value`: what a person reads. */
  readonly text?: (row: Row) => string;
  /** The last column of a table may go on in further lines, below the row where there is too little room beside it. */
  readonly wraps?: true;
  /** Never cut, however narrow the terminal: half an id is none, and nobody can copy half a name. Other columns are, the widest first. */
  readonly whole?: true;
  /** Too large or too nested for a cell of CSV. */
  readonly jsonOnly?: true;
}

export interface RowWriter<Row> {
  /** A table is laid out for the first rows it is given: give all of a short list, the first page of a long one. */
  rows(rows: readonly Row[]): Promise<void>;
  end(): Promise<void>;
}
