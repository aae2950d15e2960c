import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { rowsOfLines } from './rows-of-lines.ts';

/**
 * Writes the header and the rows with these lines to `FILE.bad.csv`, replacing what an earlier import left there;
 * gives its name. The bytes are those of the file; a file in UTF-16 becomes UTF-8 with a byte-order mark.
 */
export async function writeBadRows(file: string, lines: ReadonlySet<number>): Promise<string> {
  const target = `${file}.bad.csv`;
  const wide = await wideEncoding(file);
  const text = wide === undefined ? createReadStream(file, 'latin1') : decoded(file, wide);
  const rows = rowsOfLines(text, lines);
  // Passwords may stand in such a file: nobody but its owner needs to read it.
  const out = createWriteStream(target, { mode: 0o600, encoding: wide === undefined ? 'latin1' : 'utf8' });
  await pipeline(wide === undefined ? rows : withMark(rows), out);
  return target;
}

async function wideEncoding(file: string): Promise<'utf-16le' | 'utf-16be' | undefined> {
  await using handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
  return buffer[0] === 0xfe && buffer[1] === 0xff ? 'utf-16be' : undefined;
}

async function* decoded(file: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(file)) {
    // Without an encoding a file is read as bytes.
    if (Buffer.isBuffer(chunk)) yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

async function* withMark(rows: AsyncIterable<string>): AsyncGenerator<string> {
  yield '\ufeff';
  yield* rows;
}
