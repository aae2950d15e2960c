/** What a file arrives as: chunks of bytes, or of text that somebody has decoded already. */
export type FileStream = AsyncIterable<Buffer | string>;

/**
 * The text of a file, in pieces, with every line end as "\n", so that lines can be counted. A byte-order mark decides
 * the encoding (UTF-8, UTF-16 little or big endian) and is not part of the text; without one it is UTF-8.
 *
 * Bytes that are not UTF-8 become U+FFFD, which the reader of rows reports by line and column. With `onOtherEncoding`
 * the whole line is read as Windows-1252 instead, and its number told: the product lists that Microsoft publishes
 * come in either encoding.
 */
export async function* decodeText(
  stream: FileStream,
  onOtherEncoding?: (line: number) => void,
): AsyncGenerator<string> {
  const { mark, chunks } = await splitByteOrderMark(bytesOf(stream));
  const decoded =
    mark === 'utf-8' && onOtherEncoding !== undefined ? decodeLines(chunks, onOtherEncoding) : decodeAs(mark, chunks);
  let carry = '';
  for await (const piece of decoded) {
    const text = carry + piece;
    carry = text.endsWith('\r') ? '\r' : '';
    yield (carry === '' ? text : text.slice(0, -1)).replace(/\r\n?/g, '\n');
  }
  if (carry !== '') yield '\n';
}

/** A line longer than this is decoded in parts; no reader accepts such a row anyway. */
const lineBytesMax = 1_048_576;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

async function* bytesOf(stream: FileStream): AsyncGenerator<Buffer> {
  // The first half of a character outside the basic plane, whose second half comes with the next chunk.
  let half = '';
  for await (const chunk of stream) {
    if (typeof chunk !== 'string') {
      yield chunk;
      continue;
    }
    const text = half + chunk;
    half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : '';
    yield Buffer.from(half === '' ? text : text.slice(0, -1), 'utf8');
  }
  if (half !== '') yield Buffer.from(half, 'utf8');
}

async function splitByteOrderMark(
  bytes: AsyncGenerator<Buffer>,
): Promise<{ mark: Encoding; chunks: AsyncGenerator<Buffer> }> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 3) {
    const next = await bytes.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const found = marks.find(({ prefix }) => head.subarray(0, prefix.length).equals(prefix));
  const chunks = startingWith(head.subarray(found?.prefix.length ?? 0), bytes);
  return { mark: found?.mark ?? 'utf-8', chunks };
}

const marks: readonly { mark: Encoding; prefix: Buffer }[] = [
  { mark: 'utf-8', prefix: Buffer.from([0xef, 0xbb, 0xbf]) },
  { mark: 'utf-16le', prefix: Buffer.from([0xff, 0xfe]) },
  { mark: 'utf-16be', prefix: Buffer.from([0xfe, 0xff]) },
];

async function* startingWith<T>(first: T, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

async function* decodeAs(encoding: Encoding, chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** Decodes blocks of whole lines: no UTF-8 sequence contains a line feed, so a block never ends inside a character. */
async function* decodeLines(
  chunks: AsyncIterable<Buffer>,
  onOtherEncoding: (line: number) => void,
): AsyncGenerator<string> {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let line = 1;
  const flush = (): string => {
    const { text, lines } = decodeBlock(Buffer.concat(pending), line, onOtherEncoding);
    line += lines;
    pending = [];
    pendingBytes = 0;
    return text;
  };
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(0x0a) + 1;
    pending.push(chunk.subarray(0, end));
    if (end > 0) yield flush();
    pending.push(chunk.subarray(end));
    pendingBytes += chunk.length - end;
    if (pendingBytes > lineBytesMax) yield flush();
  }
  yield flush();
}

function decodeBlock(
  block: Buffer,
  firstLine: number,
  onOtherEncoding: (line: number) => void,
): { text: string; lines: number } {
  const whole = decodeStrictly(block);
  if (whole !== null) return { text: whole, lines: countLineFeeds(block) };
  let text = '';
  let lines = 0;
  for (let start = 0; start < block.length; ) {
    const end = block.indexOf(0x0a, start) + 1 || block.length;
    const bytes = block.subarray(start, end);
    const line = decodeStrictly(bytes);
    if (line === null) onOtherEncoding(firstLine + lines);
    text += line ?? windows1252.decode(bytes);
    if (bytes.at(-1) === 0x0a) lines += 1;
    start = end;
  }
  return { text, lines };
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');

function decodeStrictly(bytes: Buffer): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    // The one thing it throws for: not UTF-8.
    return null;
  }
}

function countLineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) count += 1;
  return count;
}
