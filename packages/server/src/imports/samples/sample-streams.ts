import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of this folder, as it would be uploaded. */
export function sample(name: string): AsyncIterable<Buffer> {
  return createReadStream(fileURLToPath(new URL(name, import.meta.url)), { highWaterMark: 97 });
}

/** Microsoft's whole list of a date, when the reference material lies beside the checkout; otherwise null. */
export function wholeProductList(date: string): AsyncIterable<Buffer> | null {
  const path = fileURLToPath(new URL(`../../../../../../shared/catalogue/products-${date}.csv`, import.meta.url));
  return existsSync(path) ? createReadStream(path) : null;
}

/** Text or bytes in chunks of a few characters or bytes, so that every boundary is met. */
export async function* inChunks<T extends string | Buffer>(content: T, size: number): AsyncGenerator<T> {
  for (let at = 0; at < content.length; at += size) {
    // A slice of a string is a string and of a Buffer a Buffer.
    yield (typeof content === 'string' ? content.slice(at, at + size) : content.subarray(at, at + size)) as T;
  }
}

/** A CSV file with every cell in quotes. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
