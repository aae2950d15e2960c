import { CellText } from './cell-text.ts';
import type { ImportProblem } from './import-problem.ts';
import { problemAt, type Said, say } from './import-sentences.ts';
import { NextPositions } from './next-positions.ts';

/** One row of a CSV file: the line it begins on and its cells as they stand, without the quotes around them. */
export type Row = { readonly line: number; readonly cells: readonly string[] };

/**
 * The rows of CSV text whose line ends are "\n" already; blank rows are left out. The delimiter is a comma, or
 * whichever of semicolon and tab stands more often in the first line, as spreadsheets in many languages write it.
 *
 * A row that is not CSV is reported once, and reading goes on with the next line; a quote that is never closed is
 * reported where it was opened. The order is the order of the file. Time and memory are linear in the text, whatever
 * it holds; a row longer than `rowCharsMax` characters is a problem.
 *
 * Our own splitter, because csv-parse 7 was tried and is not safe with hostile files: it copies the cell so far for
 * every stray quote (one row of 80 kB with 40,000 quotes: 22 s; here 1 ms), counts a CRLF inside quotes as two lines,
 * and loses its place after an error. It also takes 10 s for a cell of 100 MB that takes 0.1 s here.
 */
export async function* splitRows(
  text: AsyncIterable<string>,
  rowCharsMax: number,
): AsyncGenerator<Row | ImportProblem> {
  let splitter: RowSplitter | null = null;
  let head = '';
  for await (const piece of text) {
    if (splitter === null) {
      head += piece;
      if (!head.includes('\n') && head.length < headCharsMax) continue;
      splitter = new RowSplitter(delimiterOf(head), rowCharsMax);
      yield* splitter.push(head);
    } else {
      yield* splitter.push(piece);
    }
  }
  if (splitter === null) {
    splitter = new RowSplitter(delimiterOf(head), rowCharsMax);
    yield* splitter.push(head);
  }
  yield* splitter.end();
}

/** More columns than any list of users has; a row of nothing but delimiters must not fill the memory. */
const cellsMax = 4_096;

/** The delimiter is looked for in this many characters at most. */
const headCharsMax = 65_536;

function delimiterOf(head: string): string {
  const line = head.slice(0, headCharsMax).split('\n', 1)[0] ?? '';
  const outsideQuotes = line.replaceAll(/"[^"]*(?:"|$)/g, '');
  const count = (delimiter: string) => outsideQuotes.split(delimiter).length;
  let best = ',';
  for (const other of [';', '\t']) if (count(other) > count(best)) best = other;
  return best;
}

/**
 * Where the splitter stands:
 * - `start`: before the first character of a cell. Leaves to `quoted` at a quote, else to `plain`; blanks are dropped.
 * - `plain`: in a cell without quotes. Leaves to `start` at a delimiter or line end, to `skip` at a quote.
 * - `quoted`: in a cell with quotes. Leaves to `closing` at a quote; line ends belong to the cell.
 * - `closing`: after a quote in a quoted cell. Another quote is one quote of the cell; a delimiter or line end leads
 *   to `start`; blanks are dropped; anything else leads to `skip`.
 * - `skip`: in a row that was reported. Leaves to `start` after the line end.
 */
type Position = 'start' | 'plain' | 'quoted' | 'closing' | 'skip';

class RowSplitter {
  readonly #delimiter: string;
  readonly #rowCharsMax: number;
  #position: Position = 'start';
  #line = 1;
  #rowLine = 1;
  #quoteLine = 1;
  #cells: string[] = [];
  #cell = new CellText();
  #rowChars = 0;
  #header: readonly string[] | null = null;
  #found: (Row | ImportProblem)[] = [];

  constructor(delimiter: string, rowCharsMax: number) {
    this.#delimiter = delimiter;
    this.#rowCharsMax = rowCharsMax;
  }

  push(text: string): readonly (Row | ImportProblem)[] {
    this.#found = [];
    const next = new NextPositions(text);
    for (let at = 0; at < text.length; ) at = this.#step(text, at, next);
    return this.#found;
  }

  end(): readonly (Row | ImportProblem)[] {
    this.#found = [];
    if (this.#position === 'quoted') {
      this.#report(this.#quoteLine, say('quoteNotClosed', { line: this.#line }));
    } else if (this.#position !== 'skip') {
      this.#endCell();
      this.#endRow();
    }
    return this.#found;
  }

  /** Consumes text from `at` and says where it stopped. */
  #step(text: string, at: number, next: NextPositions): number {
    switch (this.#position) {
      case 'start':
        return this.#start(text, at);
      case 'plain':
        return this.#plain(text, at, next);
      case 'quoted':
        return this.#quoted(text, at, next);
      case 'closing':
        return this.#closing(text, at);
      case 'skip': {
        const end = next.of('\n', at);
        if (end < text.length) this.#beginRow();
        return end + 1;
      }
    }
  }

  #start(text: string, at: number): number {
    const char = text.charAt(at);
    if (char === ' ') return at + 1;
    this.#position = char === '"' ? 'quoted' : 'plain';
    if (char !== '"') return at;
    this.#quoteLine = this.#line;
    return at + 1;
  }

  #plain(text: string, at: number, next: NextPositions): number {
    const end = this.#take(text, at, Math.min(next.of(this.#delimiter, at), next.of('\n', at), next.of('"', at)));
    if (end === text.length || this.#position === 'skip') return end;
    if (text.charAt(end) === '"') {
      this.#report(this.#line, say('quoteInCell', {}));
      return end;
    }
    this.#endCell();
    if (text.charAt(end) === '\n') this.#endRow();
    return end + 1;
  }

  #quoted(text: string, at: number, next: NextPositions): number {
    const end = this.#take(text, at, next.of('"', at));
    for (let feed = next.of('\n', at); feed < end; feed = next.of('\n', feed + 1)) this.#line += 1;
    if (end === text.length || this.#position === 'skip') return end;
    this.#position = 'closing';
    return end + 1;
  }

  #closing(text: string, at: number): number {
    const char = text.charAt(at);
    if (char === '"') {
      this.#position = 'quoted';
      this.#take(char, 0, 1);
    } else if (char === this.#delimiter) {
      this.#endCell();
    } else if (char === '\n') {
      this.#endCell();
      this.#endRow();
    } else if (char !== ' ' && char !== '\t') {
      this.#report(this.#rowLine, say('quotesEndEarly', { opened: this.#quoteLine, line: this.#line }));
      return at;
    }
    return at + 1;
  }

  /** Adds the text between two positions to the cell and returns where it stopped: earlier, if the row is too long. */
  #take(text: string, at: number, end: number): number {
    const fits = Math.min(end, at + this.#rowCharsMax - this.#rowChars);
    this.#rowChars += fits - at;
    if (fits === end) {
      this.#cell.add(text.slice(at, end));
      return end;
    }
    const max = this.#rowCharsMax;
    this.#report(
      this.#rowLine,
      this.#position === 'quoted'
        ? say('rowTooLongInQuotes', { max, opened: this.#quoteLine })
        : say('rowTooLong', { max }),
    );
    return fits;
  }

  #endCell(): void {
    this.#position = 'start';
    this.#cells.push(this.#cell.text());
    this.#cell = new CellText();
    if (this.#cells.length > cellsMax) this.#report(this.#rowLine, say('tooManyCells', { max: cellsMax }));
  }

  #endRow(): void {
    if (this.#position !== 'skip' && this.#cells.some((cell) => cell.trim() !== '')) {
      this.#header ??= this.#cells.map((name) => name.trim());
      this.#found.push({ line: this.#rowLine, cells: this.#cells });
    }
    this.#beginRow();
  }

  #beginRow(): void {
    this.#line += 1;
    this.#rowLine = this.#line;
    this.#cells = [];
    this.#cell = new CellText();
    this.#rowChars = 0;
    this.#position = 'start';
  }

  #report(line: number, said: Said): void {
    const column = this.#header?.[this.#cells.length] ?? `(column ${this.#cells.length + 1})`;
    this.#found.push(problemAt(line, column, said));
    this.#position = 'skip';
    // What was read of the row is not needed any more, and may be large.
    this.#cells = [];
    this.#cell = new CellText();
  }
}
