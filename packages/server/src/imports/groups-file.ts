import { columnKey } from './column-key.ts';
import type { FileStream } from './decode-text.ts';
import type { ImportProblem } from './import-problem.ts';
import { quoted, tooLong } from './import-problem.ts';
import { readLicenses } from './license-text.ts';
import type { ImportedLicense } from './license-text.ts';
import { readTable } from './read-table.ts';
import type { Row } from './split-rows.ts';
import { userPrincipalNameProblem } from './user-principal-name.ts';

/**
 * A group as a file describes it. `members` are user principal names, each once, in the order of the file. `priority`
 * is the group's licensing priority (L-07, lower first) where the file gives one.
 */
export type ImportedGroup = {
  readonly displayName: string;
  readonly description: string | null;
  readonly members: readonly string[];
  readonly licenses: readonly ImportedLicense[];
  readonly priority: number | null;
};

/**
 * Reads our own groups file, one group a row: `displayName`, `description`, `members` (user principal names separated
 * by ";"), `licenses` (see readLicenses) and `priority`, in any order; only the first must be there. Two groups may
 * have one name, as in any directory. Members may be a million in one cell; time and memory are linear in the file. A
 * row comes as a group or as its problems.
 */
export async function* readGroups(
  stream: FileStream,
): AsyncGenerator<{ readonly line: number; readonly group: ImportedGroup } | ImportProblem> {
  const table = await readTable(stream, { rowCharsMax });
  if ('problem' in table) {
    yield table;
    return;
  }
  const columns = findColumns(table.columns);
  if ('problems' in columns) {
    await table.rows.return(undefined);
    yield* columns.problems;
    return;
  }
  for await (const row of table.rows) {
    const group = 'problem' in row ? [row] : readGroup(row, columns);
    if (Array.isArray(group)) yield* group;
    else yield { line: row.line, group };
  }
}

/** A million members with long names; the longest string of the runtime is twice this. */
const rowCharsMax = 256 * 1_048_576;
const displayNameCharsMax = 256;
const descriptionCharsMax = 1_024;
const priorityMax = 1_000_000;
/** A cell may be wrong a million times; the first few show how. */
const memberProblemsMax = 20;

const columnNames = ['displayName', 'description', 'members', 'licenses', 'priority'] as const;
type Column = (typeof columnNames)[number];
type Columns = ReadonlyMap<Column, { readonly index: number; readonly name: string }>;

/** The format is our own, so a column of another name is a slip, not something to ignore. */
function findColumns(header: readonly string[]): Columns | { problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  const found = new Map<Column, { index: number; name: string }>();
  for (const [index, name] of header.entries()) {
    if (name === '') continue;
    const column = columnOfKey.get(columnKey(name));
    if (column === undefined)
      problems.push({
        line: 1,
        column: name,
        problem: `is not a column of a groups file: name it one of ${columnNames.join(', ')}, or remove it`,
      });
    else if (found.has(column))
      problems.push({ line: 1, column: name, problem: `gives ${column} a second time: remove one of the two columns` });
    else found.set(column, { index, name });
  }
  if (!found.has('displayName'))
    problems.push({ line: 1, column: 'displayName', problem: 'this column is missing: the first line must name it' });
  return problems.length > 0 ? { problems } : found;
}

const columnOfKey: ReadonlyMap<string, Column> = new Map<string, Column>([
  ...columnNames.map((name) => [name.toLowerCase(), name] as const),
  ['licences', 'licenses'], // (sic): as half of the administrators write it
]);

function readGroup(row: Row, columns: Columns): ImportedGroup | ImportProblem[] {
  const problems: ImportProblem[] = [];
  const cell = (column: Column) => (row.cells[columns.get(column)?.index ?? -1] ?? '').trim();
  const fault = (column: Column, problem: string) =>
    problems.push({ line: row.line, column: columns.get(column)?.name ?? column, problem });
  const text = (column: Column, charsMax: number): string => {
    const value = cell(column);
    if (value.length > charsMax) fault(column, tooLong(value, charsMax));
    return value;
  };
  const displayName = text('displayName', displayNameCharsMax);
  if (displayName === '') fault('displayName', 'is empty: every group needs a name');
  const description = text('description', descriptionCharsMax);
  const members = readMembers(cell('members'), (problem) => fault('members', problem));
  const licenses = readLicenses(cell('licenses'));
  if ('problem' in licenses) fault('licenses', licenses.problem);
  const priority = readPriority(cell('priority'), (problem) => fault('priority', problem));
  if (problems.length > 0 || 'problem' in licenses) return problems;
  return {
    displayName,
    description: description === '' ? null : description,
    members,
    licenses: licenses.licenses,
    priority,
  };
}

function readMembers(cell: string, fault: (problem: string) => void): string[] {
  const members = new Map<string, string>();
  let wrong = 0;
  for (let start = 0; start < cell.length; ) {
    const separator = cell.indexOf(';', start);
    const end = separator === -1 ? cell.length : separator;
    const name = cell.slice(start, end).trim();
    start = end + 1;
    if (name === '') continue;
    const problem = userPrincipalNameProblem(name);
    if (problem === null) {
      const key = name.toLowerCase();
      if (!members.has(key)) members.set(key, name);
      continue;
    }
    wrong += 1;
    if (wrong <= memberProblemsMax) fault(problem);
  }
  if (wrong > memberProblemsMax)
    fault(`has ${wrong - memberProblemsMax} more members that are not user principal names: separate members by ";"`);
  return [...members.values()];
}

function readPriority(text: string, fault: (problem: string) => void): number | null {
  if (text === '') return null;
  const priority = Number(text);
  if (/^\d{1,7}$/.test(text) && priority <= priorityMax) return priority;
  fault(`${quoted(text)} is not a priority: write a whole number from 0 to ${priorityMax}, lower first`);
  return null;
}
