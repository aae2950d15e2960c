import type { FileStream } from './decode-text.ts';
import type { ImportedUser } from './imported-user.ts';
import type { ImportProblem } from './import-problem.ts';
import { readTable } from './read-table.ts';
import { readUser } from './read-user.ts';
import { findUserColumns } from './user-columns.ts';

/**
 * Reads the CSV that the Microsoft 365 admin center exports for active users, or its bulk template (Entra's too), one
 * user at a time in the order of the file: nothing is kept but the user principal names, to find the second user of
 * the same name. A row comes as a user or as one problem for each column at fault. Broken column names come as
 * problems of line 1, and then no user comes.
 *
 * `mapping` gives columns the file names otherwise to properties: `{ "Cost center": "extensionAttribute1" }`.
 */
export async function* readUsers(
  stream: FileStream,
  options: { readonly mapping?: Readonly<Record<string, string>> } = {},
): AsyncGenerator<{ readonly line: number; readonly user: ImportedUser } | ImportProblem> {
  const table = await readTable(stream, { rowCharsMax });
  if ('problem' in table) {
    yield table;
    return;
  }
  const columns = findUserColumns(table.columns, options.mapping ?? {});
  if ('problems' in columns) {
    await table.rows.return(undefined);
    yield* columns.problems;
    return;
  }
  const nameColumn = columns.get('userPrincipalName')?.[0]?.name ?? 'User principal name';
  const lineOfName = new Map<string, number>();
  for await (const row of table.rows) {
    if ('problem' in row) {
      yield row;
      continue;
    }
    const user = readUser(row, columns);
    if (Array.isArray(user)) {
      yield* user;
      continue;
    }
    if (lineOfName.size >= usersMax) {
      yield { line: row.line, column: nameColumn, problem: `the file has more than ${usersMax} users: split it` };
      return;
    }
    const earlier = lineOfName.get(user.userPrincipalName.toLowerCase());
    if (earlier === undefined) {
      lineOfName.set(copyOf(user.userPrincipalName.toLowerCase()), row.line);
      yield { line: row.line, user };
    } else {
      const problem = `${user.userPrincipalName} is also the user of line ${earlier}: remove one of the two rows`;
      yield { line: row.line, column: nameColumn, problem };
    }
  }
}

/** All cells of an active-users export together stay far below this, five hundred proxy addresses included. */
const rowCharsMax = 262_144;
/** Ten times the largest tenant the product is measured with; their names take some 130 bytes each in memory. */
const usersMax = 10_000_000;

/** A cell is a window on the piece of file it came from; keeping the window would keep the whole file in memory. */
function copyOf(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
