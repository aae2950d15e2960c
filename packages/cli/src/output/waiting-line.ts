import type { Io } from '../io.ts';
import { terminalColumns } from '../io.ts';
import { cutTo } from './printable.ts';

export interface WaitingLine {
  show(text: string): void;
  clear(): void;
}

/** One line on a terminal that is written over and over; nothing elsewhere, where it would only fill a log. */
export function waitingLine(io: Io): WaitingLine {
  const columns = terminalColumns(io.err);
  if (columns === undefined) return { show: () => {}, clear: () => {} };
  let shown = false;
  return {
    show(text) {
      io.err.write(`\r\u001b[K${cutTo(text, columns - 1)}`);
      shown = true;
    },
    clear() {
      if (shown) io.err.write('\r\u001b[K');
      shown = false;
    },
  };
}
