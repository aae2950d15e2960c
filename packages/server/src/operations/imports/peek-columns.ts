import type { FileStream } from '../../imports/decode-text.ts';
import { readTable } from '../../imports/read-table.ts';

/** The row of column names is looked for in this many bytes. */
const headBytesMax = 65_536;

/**
 * The names of the columns of a CSV file, and the file from its beginning. None when they cannot be read: then the reader of
 * the file says why. An import must know them, because it leaves alone what the file has no column for.
 */
export async function peekColumns(stream: FileStream): Promise<{ columns: readonly string[]; whole: FileStream }> {
  const chunks = stream[Symbol.asyncIterator]();
  const head: (Buffer | string)[] = [];
  for (let size = 0; size < headBytesMax; ) {
    const next = await chunks.next();
    if (next.done) break;
    head.push(next.value);
    size += next.value.length;
  }
  return { columns: await columnsOf(head), whole: wholeOf(head, chunks) };
}

async function columnsOf(head: readonly (Buffer | string)[]): Promise<readonly string[]> {
  const table = await readTable(wholeOf(head), { rowCharsMax: headBytesMax });
  if ('problem' in table) return [];
  await table.rows.return(undefined);
  return table.columns;
}

async function* wholeOf(
  head: readonly (Buffer | string)[],
  rest?: AsyncIterator<Buffer | string>,
): AsyncGenerator<Buffer | string> {
  try {
    yield* head;
    if (rest === undefined) return;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest?.return?.();
  }
}
