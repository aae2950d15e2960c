import type { Readable, Writable } from 'node:stream';

/** Where a command reads its surroundings and writes its answer; tests give their own. */
export interface Io {
  readonly out: Writable;
  readonly err: Writable;
  /** Where answers to questions come from; left out: there is nobody to ask. */
  readonly in?: Readable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

/** Waits while the reader is slow, so that a report of a million users never piles up in memory. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (text === '' || stream.write(text)) return;
  await new Promise<void>((resolve) => stream.once('drain', resolve));
}

/** The width of the terminal behind a stream; undefined for a file or a pipe. */
export function terminalColumns(stream: Writable): number | undefined {
  if (!('isTTY' in stream) || stream.isTTY !== true || !('columns' in stream)) return undefined;
  return typeof stream.columns === 'number' && stream.columns > 0 ? stream.columns : undefined;
}

/** How this command line is called here: `allot`, or from a checkout through npm. */
export const calledAs = (env: Io['env']): string => (startedByNpm(env) ? 'npm run allot --' : 'allot');

/** npm runs scripts in the folder of package.json; a file is named from where the person stands. */
export const personsFolder = ({ env, folder }: Io): string =>
  startedByNpm(env) ? (env['INIT_CWD'] ?? folder) : folder;

const startedByNpm = (env: Io['env']): boolean => ['allot', 'start'].includes(env['npm_lifecycle_event'] ?? '');
