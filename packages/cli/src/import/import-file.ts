import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { ApiError } from '@allot/contract';
import type { ErrorDetail, ImportNote, ImportProblem, ImportResult, ProductImportResult } from '@allot/contract';
import { canAsk, confirm } from '../confirm.ts';
import { Failure, FailuresReported } from '../failure.ts';
import { personsFolder, write } from '../io.ts';
import type { Io } from '../io.ts';
import { openSession } from '../leaf-command.ts';
import type { CommonOptions, Session } from '../leaf-command.ts';
import type { Column } from '../output/column.ts';
import { printable } from '../output/printable.ts';
import { printJson, printRows } from '../output/rows.ts';
import { progressOf } from './progress.ts';
import { changesAnything, tellCatalogueChange } from './tell-catalogue-change.ts';
import { uploadFile } from './upload-file.ts';
import { writeBadRows } from './write-bad-rows.ts';

export type ImportKind = 'products' | 'users' | 'groups';

export interface ImportOptions extends CommonOptions {
  readonly skipBad?: boolean;
  readonly dryRun?: boolean;
  /** Not to be asked. */
  readonly yes?: boolean;
  /** Properties by the columns they come from. */
  readonly map?: Readonly<Record<string, string>>;
}

/** Everything known about one import; `file` is named as the person named it. */
interface Import {
  readonly kind: ImportKind;
  readonly file: string;
  readonly path: string;
  readonly skipBad: boolean;
  readonly dryRun: boolean;
}

export async function importFile(kind: ImportKind, file: string, options: ImportOptions, io: Io): Promise<void> {
  const path = resolve(personsFolder(io), file);
  const one = { kind, file, path, skipBad: options.skipBad === true, dryRun: options.dryRun === true };
  const size = await sizeOf(one);
  const session = await openSession(options, io);
  const send = async <T extends ImportResult>(dryRun: boolean, more = ''): Promise<T> => {
    const progress = progressOf(basename(file), size, io);
    const url = `/allot/v1/imports/${kind}?skipBad=${one.skipBad}&dryRun=${dryRun}${more}`;
    try {
      // True as long as the server keeps to the contract, which the tests of the command line see to.
      return JSON.parse(await uploadFile(session, url, path, progress)) as T;
    } finally {
      progress.end();
    }
  };
  try {
    if (kind === 'products') return await importProducts(one, send, options.yes === true, session);
    const map = options.map === undefined ? '' : `&map=${encodeURIComponent(JSON.stringify(options.map))}`;
    await tellResult(one, await send(one.dryRun, map), session);
  } catch (error) {
    const problems = error instanceof ApiError ? (error.details ?? []).flatMap(asProblem) : [];
    if (!(error instanceof ApiError) || problems.length === 0) throw error;
    await tellRefusal(one, error, problems, session);
  }
}

/**
 * L-21: a newer list is shown before it acts. Whoever sits at a terminal is asked, and then gets what was shown or nothing; a
 * script gets what it asked for, and reads what that was.
 */
async function importProducts(
  one: Import,
  send: (dryRun: boolean, more?: string) => Promise<ProductImportResult>,
  yes: boolean,
  session: Session,
): Promise<void> {
  const { format, io } = session;
  const asks = !one.dryRun && !yes && format === 'table' && canAsk(io);
  const result = await send(one.dryRun || asks);
  if (format === 'table' && changesAnything(result)) await tellCatalogueChange(result, io);
  if (!asks) return tellResult(one, result, session);
  if (changesAnything(result) && !(await confirm(`Import ${one.file}?`, io))) {
    throw new Failure('Nothing was imported.', 'Answer y, or call it with --yes, to import.');
  }
  await tellResult(one, await send(false, `&preview=${result.preview}`), session);
}

async function sizeOf({ file, path }: Import): Promise<number> {
  const found = await stat(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Failure(
      `${file} cannot be read (${code}).`,
      code === 'ENOENT' ? 'Check its name and the folder.' : undefined,
    );
  });
  if (!found.isFile()) throw new Failure(`${file} is no file.`);
  return found.size;
}

async function tellResult(one: Import, result: ImportResult, { format, io }: Session): Promise<void> {
  const { problems } = result;
  if (format === 'json') await printJson(result, io);
  else if (format === 'csv') await printRows(problemColumns, problems, format, io, '');
  else await tellPeople(one, result, io);
  if (problems.length === 0 || one.dryRun || !one.skipBad) return;
  const lines = new Set(problems.map(({ line }) => line));
  const target = await writeBadRows(one.path, lines);
  // The server lists a limited number of problems; each row has at least one.
  const left = result.skipped - lines.size;
  const missing = left > 0 ? ` Of ${count(left)} more the server does not say where they are.` : '';
  await write(io.err, `The bad rows are in ${target}: correct them there and import that file.${missing}\n`);
}

/** Notes a person will read; all of them are in the JSON. */
const notesShownMax = 20;

async function tellPeople(one: Import, result: ImportResult, io: Io): Promise<void> {
  await tellProblems(one.file, result.problems, io);
  const notes = result.notes.slice(0, notesShownMax);
  for (const { line, column, text } of notes) {
    await write(io.err, `${place(one.file, line, column)}: note: ${printable(text)}\n`);
  }
  const more = result.notes.length - notes.length;
  if (more > 0) await write(io.err, `… and ${count(more)} more notes: --json has them all.\n`);
  const { read, created, updated, unchanged, skipped } = result;
  const verb = one.dryRun ? 'would be ' : '';
  const text =
    `${count(read)} rows read: ${count(created)} ${one.kind} ${verb}created, ${count(updated)} ${verb}updated, ` +
    `${count(unchanged)} unchanged, ${count(skipped)} rows skipped.`;
  await write(io.out, `${text}${one.dryRun ? ' Nothing was written (--dry-run).' : ''}\n`);
}

async function tellRefusal(
  one: Import,
  error: ApiError,
  problems: readonly ImportProblem[],
  { format, io }: Session,
): Promise<never> {
  if (format === 'json') await printJson({ error: { code: error.code, message: error.message }, problems }, io);
  else if (format === 'csv') await printRows(problemColumns, problems, format, io, '');
  else await tellProblems(one.file, problems, io);
  const advice = one.skipBad ? '' : ' Correct these rows, or import the others with --skip-bad.';
  await write(io.err, `${error.message}${advice}\n`);
  throw new FailuresReported(error.message);
}

async function tellProblems(file: string, problems: readonly ImportProblem[], io: Io): Promise<void> {
  for (const { line, column, problem } of problems) {
    await write(io.err, `${place(file, line, column)}: ${printable(problem)}\n`);
  }
}

const place = (file: string, line: number, column: ImportNote['column']): string =>
  printable(column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`);

/** A detail of the error body whose target is `LINE:COLUMN`. */
function asProblem({ target, message }: ErrorDetail): readonly ImportProblem[] {
  const found = /^(\d+):(.*)$/s.exec(target ?? '');
  return found === null ? [] : [{ line: Number(found[1]), column: found[2] ?? '', problem: message }];
}

const problemColumns: readonly Column<ImportProblem>[] = [
  { key: 'line', value: ({ line }) => line },
  { key: 'column', value: ({ column }) => column },
  { key: 'problem', value: ({ problem }) => problem },
];

const count = (number: number): string => number.toLocaleString('en-US');
