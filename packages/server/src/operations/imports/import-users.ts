import {
  createUserStage,
  findUserConflicts,
  type Handle,
  insertAudit,
  lockUsers,
  type StagedUser,
  stageUsers,
  type UserConflict,
  unstageUsers,
  writeStagedUsers,
  type WrittenUsers,
} from '@allot/store';
import type { FileStream } from '../../imports/decode-text.ts';
import { findUserColumns, type UserProperty } from '../../imports/user-columns.ts';
import { readUsers } from '../../imports/users-file.ts';
import type { Context } from '../context.ts';
import { importEntry, type ImportOptions, type ImportResult, type Note, type Problem } from './import-result.ts';
import { peekColumns } from './peek-columns.ts';
import { Problems } from './problems.ts';
import { runImport } from './run-import.ts';
import { StageBatches } from './stage-batches.ts';

export interface UserImportOptions extends ImportOptions {
  /** Columns that the file names otherwise: `{ "Cost center": "extensionAttribute1" }`. */
  readonly mapping?: Readonly<Record<string, string>>;
}

/** Rows written to the stage at a time. */
const STAGE_ROWS = 5_000;

/**
 * Imports a users file (see readUsers) of any size, whole or not at all. Users are found by user principal name. One who
 * exists keeps its id, its place in the line, and everything that the row leaves empty; addresses that the row
 * gives replace those there were. New users are numbered as if they had been created at once, in the order of the times in the
 * file, but after everybody who is there. What follows for licenses happens in the background (L-16).
 * @throws ApiError 400 with the problems, and nothing written
 */
export async function importUsers(
  ctx: Context,
  stream: FileStream,
  options: UserImportOptions = {},
): Promise<ImportResult> {
  const { columns, whole } = await peekColumns(stream);
  const nameOf = columnNames(columns, options.mapping ?? {});
  const problems = new Problems();
  let staged = 0;

  const stage = async (trx: Handle) => {
    await createUserStage(trx);
    const batches = new StageBatches<StagedUser>(STAGE_ROWS, (users) => stageUsers(trx, users));
    for await (const item of readUsers(whole, { mapping: options.mapping ?? {} })) {
      if ('problem' in item) problems.add([item]);
      else {
        staged += 1;
        await batches.add({ ...item.user, line: item.line });
      }
    }
    await batches.end();
  };

  const write = async (trx: Handle): Promise<ImportResult> => {
    await lockUsers(trx, ctx.tenantId);
    const conflicts = await findUserConflicts(trx, ctx.tenantId);
    const all = problems.and(conflicts.map((conflict) => conflictProblem(conflict, nameOf('id') ?? 'id')));
    all.refuseUnless(options.skipBad === true);
    await unstageUsers(
      trx,
      conflicts.map(({ line }) => line),
    );
    const written = await writeStagedUsers(
      trx,
      ctx.tenantId,
      {
        accountEnabled: nameOf('accountEnabled', 'blockCredential') !== undefined,
        userType: nameOf('userType') !== undefined,
        mailNickname: nameOf('mailNickname') !== undefined,
      },
      ctx.correlationId,
    );
    const { created, updated, unchanged } = written;
    const counts = { read: staged + problems.rows, created, updated, unchanged, skipped: all.rows };
    await insertAudit(trx, ctx.tenantId, [importEntry(ctx, 'Import users', counts)]);
    return { ...counts, notes: [...notesOf(written), ...all.notes()], problems: all.list() };
  };
  return runImport(ctx, options, stage, write);
}

/** The name that the file gives to the column of one of these properties. */
function columnNames(columns: readonly string[], mapping: Readonly<Record<string, string>>) {
  const found = findUserColumns(columns, mapping);
  return (...properties: readonly UserProperty[]): string | undefined =>
    'problems' in found ? undefined : properties.flatMap((property) => found.get(property)?.[0]?.name ?? []).at(0);
}

function conflictProblem({ line, kind, other }: UserConflict, column: string): Problem {
  switch (kind) {
    case 'idTwice':
      return {
        line,
        column,
        problem: `is also the id of line ${other}: correct one of them, or empty the cell and the user gets a new id`,
      };
    case 'idTaken':
      return {
        line,
        column,
        problem: `is the id of ${other}: correct the user principal name, or empty the cell and the user gets a new id`,
      };
    case 'idDeleted':
      return {
        line,
        column,
        problem: `is the id of the deleted user ${other}: restore that user, or empty the cell and the user gets a new id`,
      };
  }
}

function notesOf({ otherIds, createdLater }: WrittenUsers): Note[] {
  const users = (count: number) => (count === 1 ? '1 user' : `${count} users`);
  return [
    ...(otherIds > 0
      ? [{ line: 1, text: `${users(otherIds)} of the file have another id here, which they keep` }]
      : []),
    ...(createdLater > 0
      ? [
          {
            line: 1,
            text: `${users(createdLater)} count as created later than the file says, because others were here before them`,
          },
        ]
      : []),
  ];
}
