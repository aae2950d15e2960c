import {
  applyMemberships,
  createGroupStage,
  type Handle,
  insertAudit,
  insertStagedGroups,
  lockTenant,
  matchGroups,
  matchMembers,
  notePendingImport,
  stageGroups,
  stageMembers,
  unstageGroups,
  updateDescriptions,
} from '@allot/store';
import { columnKey } from '../../imports/column-key.ts';
import type { FileStream } from '../../imports/decode-text.ts';
import { readGroups } from '../../imports/groups-file.ts';
import type { Context } from '../context.ts';
import { conflictProblem, unknownMemberProblems } from './group-problems.ts';
import { type BundleRow, changeBundles, resolveBundles } from './import-bundles.ts';
import { importEntry, type ImportOptions, type ImportResult } from './import-result.ts';
import { mailNicknameOf } from './mail-nickname.ts';
import { peekColumns } from './peek-columns.ts';
import { Problems } from './problems.ts';
import { runImport } from './run-import.ts';
import { StageBatches } from './stage-batches.ts';

/** Groups of one file at most; they are held in memory, without their members. */
const GROUPS_MAX = 100_000;
const STAGE_GROUPS = 1_000;
const STAGE_MEMBERS = 20_000;

/**
 * Imports a groups file (see readGroups), whole or not at all. Groups are found by display name, which must be nobody else's.
 * A column that the file has states how things are to be: the user members and the licenses of a group become those of
 * its row, an empty cell being none, and only the difference is written. What the file has no column for stays as it is, and so
 * do groups that are members, and a priority whose cell is empty. Licenses pass the checks of L-24 and take effect in
 * the background (L-16); too few seats stop no import.
 * @throws ApiError 400 with the problems, and nothing written
 */
export async function importGroups(
  ctx: Context,
  stream: FileStream,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const { columns, whole } = await peekColumns(stream);
  const stated = new Set(columns.map((name) => columnKey(name)));
  const problems = new Problems();
  const rows: BundleRow[] = [];

  const stage = async (trx: Handle) => {
    await createGroupStage(trx);
    await readInto(trx, whole, rows, problems);
  };

  const write = async (trx: Handle): Promise<ImportResult> => {
    // A priority changes the world that is prepared of all groups; who changes that holds the tenant before any group.
    if (rows.some(({ priority }) => priority !== null)) await lockTenant(trx, ctx.tenantId);
    const conflicts = await matchGroups(trx, ctx.tenantId, stated.has('members'));
    const unknown = await matchMembers(trx, ctx.tenantId);
    const licensesStated = stated.has('licenses') || stated.has('licences'); // (sic): the reader takes either
    const bundles = await resolveBundles(ctx, trx, rows, licensesStated);
    const found = [
      ...conflicts.map((one) => conflictProblem(one)),
      ...unknownMemberProblems(unknown),
      ...bundles.problems,
    ];
    const all = problems.and(found);
    all.refuseUnless(options.skipBad === true);
    const bad = new Set(found.map(({ line }) => line));
    await unstageGroups(trx, [...bad]);

    await insertStagedGroups(trx, ctx.tenantId);
    const changed = new Set(stated.has('description') ? await updateDescriptions(trx, ctx.tenantId) : []);
    if (stated.has('members')) for (const id of await applyMemberships(trx, ctx.tenantId)) changed.add(id);
    const good = bundles.groups.filter(({ line }) => !bad.has(line));
    const licensed = await changeBundles(ctx, trx, good);
    for (const id of licensed) changed.add(id);
    await notePendingImport(trx, ctx.tenantId, licensed, ctx.correlationId);

    const created = good.filter(({ isNew }) => isNew).length;
    const updated = good.filter(({ isNew, groupId }) => !isNew && changed.has(groupId)).length;
    const unchanged = good.length - created - updated;
    const counts = { read: rows.length + problems.rows, created, updated, unchanged, skipped: all.rows };
    await insertAudit(trx, ctx.tenantId, [importEntry(ctx, 'Import groups', counts)]);
    return { ...counts, notes: all.notes(), problems: all.list() };
  };
  return runImport(ctx, options, stage, write);
}

async function readInto(trx: Handle, file: FileStream, rows: BundleRow[], problems: Problems): Promise<void> {
  const groups = new StageBatches<Parameters<typeof stageGroups>[1][number]>(STAGE_GROUPS, (batch) =>
    stageGroups(trx, batch),
  );
  const members = new StageBatches<{ line: number; name: string }>(STAGE_MEMBERS, (batch) =>
    stageMembers(
      trx,
      batch.map(({ line }) => line),
      batch.map(({ name }) => name),
    ),
  );
  for await (const item of readGroups(file)) {
    if ('problem' in item) {
      problems.add([item]);
      continue;
    }
    const { line, group } = item;
    if (rows.length >= GROUPS_MAX) {
      problems.add([{ line, column: 'displayName', problem: `the file has more than ${GROUPS_MAX} groups: split it` }]);
      break;
    }
    rows.push({ line, licenses: group.licenses, priority: group.priority });
    await groups.add({
      line,
      displayName: group.displayName,
      description: group.description,
      mailNickname: mailNicknameOf(group.displayName, line),
    });
    for (const name of group.members) await members.add({ line, name });
  }
  await groups.end();
  await members.end();
}
