import { Readable, Writable } from 'node:stream';
import type { Io } from '../io.ts';

export interface MemoryIo extends Io {
  /** What was written to `out` and `err` so far. */
  readonly written: { out: string; err: string };
}

/** For tests: keeps what is written. With `columns` both streams are terminals of that width; `typed` is what somebody types there. */
export function memoryIo(
  more: { readonly env?: Io['env']; readonly folder?: string; readonly columns?: number; readonly typed?: string } = {},
): MemoryIo {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err'): Writable => {
    const writable = new Writable({
      write(chunk, _encoding, done) {
        written[name] += String(chunk);
        done();
      },
    });
    return more.columns === undefined ? writable : Object.assign(writable, { isTTY: true, columns: more.columns });
  };
  const typed = more.typed === undefined ? {} : { in: Object.assign(Readable.from([more.typed]), { isTTY: true }) };
  return {
    ...typed,
    out: stream('out'),
    err: stream('err'),
    env: more.env ?? {},
    folder: more.folder ?? process.cwd(),
    written,
  };
}
