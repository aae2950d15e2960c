import { createInterface } from 'node:readline/promises';
import { terminalColumns } from './io.ts';
import type { Io } from './io.ts';

/** Whether somebody sits there who can be asked. */
export const canAsk = (io: Io): boolean => io.in?.isTTY === true && terminalColumns(io.err) !== undefined;

/** Asks a question that only "y" or "yes" answers with yes. */
export async function confirm(question: string, io: Io): Promise<boolean> {
  if (io.in === undefined) return false;
  const lines = createInterface({ input: io.in, output: io.err });
  // Whoever closes the input has not said yes.
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return /^y(es)?$/i.test((await Promise.race([lines.question(`${question} [y/N] `), closed])).trim());
  } finally {
    lines.close();
  }
}
