import { terminalColumns } from '../io.ts';
import type { Io } from '../io.ts';
import { displayWidth, printable } from '../output/printable.ts';
import { waitingLine } from '../output/waiting-line.ts';

export interface Progress {
  /** `done` of the total: never less than the last time. */
  at(done: number): void;
  /** All is sent; the server works on it. */
  sent(): void;
  end(): void;
}

/** A bar on a terminal; elsewhere one line per 10 %. `total` in bytes. */
export function progressOf(name: string, total: number, io: Io): Progress {
  const columns = terminalColumns(io.err);
  return columns === undefined ? progressLines(name, total, io) : progressBar(name, total, columns, io);
}

function progressLines(name: string, total: number, io: Io): Progress {
  let told = 0;
  return {
    at(done) {
      const tenths = total === 0 ? 10 : Math.floor((done / total) * 10);
      if (tenths <= told) return;
      told = tenths;
      io.err.write(`${printable(name)}: ${tenths * 10} % sent\n`);
    },
    sent: () => {},
    end: () => {},
  };
}

/** The bar itself, without the name and the numbers. */
const barWidthMax = 40;

function progressBar(name: string, total: number, columns: number, io: Io): Progress {
  const line = waitingLine(io);
  const label = printable(name);
  let shown = '';
  const show = (text: string): void => {
    // A file of a gigabyte comes in tens of thousands of pieces; the bar has a few dozen states.
    if (text !== shown) line.show(text);
    shown = text;
  };
  return {
    at(done) {
      const share = total === 0 ? 1 : done / total;
      const width = Math.max(0, Math.min(barWidthMax, columns - displayWidth(label) - 12));
      const full = Math.floor(share * width);
      const percent = `${Math.floor(share * 100)} %`.padStart(5);
      show(`${label} [${'#'.repeat(full)}${'-'.repeat(width - full)}] ${percent}`);
    },
    sent: () => show(`${label}: sent; the server checks and writes it …`),
    end: () => line.clear(),
  };
}
