import type { ImportResult } from '@allot/contract';
import type { Context } from '../context.ts';

/** How a file is imported. */
export interface ImportOptions {
  /** Imports the rows that are right and reports the others; otherwise one bad row stops the import with nothing written. */
  readonly skipBad?: boolean;
  /** Does everything and then takes it back: the result says what an import would do. */
  readonly dryRun?: boolean;
}

export type { ImportNote as Note, ImportProblem as Problem, ImportResult } from '@allot/contract';

/** One audit entry for a whole import: what it changed is told by the numbers; a million entries would tell nobody more. */
export const importEntry = (
  ctx: Context,
  activity: 'Import users' | 'Import groups' | 'Import products',
  { read, created, updated, skipped }: Pick<ImportResult, 'read' | 'created' | 'updated' | 'skipped'>,
) => ({
  activity,
  category: categories[activity],
  correlationId: ctx.correlationId,
  actor: ctx.actor,
  targets: [],
  details: Object.entries({ read, created, updated, skipped }).map(([key, value]) => ({ key, value: String(value) })),
});

const categories = {
  'Import users': 'UserManagement',
  'Import groups': 'GroupManagement',
  'Import products': 'DirectoryManagement',
} as const;
