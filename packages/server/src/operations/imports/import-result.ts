import type { Context } from '../context.ts';

/** How a file is imported. */
export interface ImportOptions {
  /** Imports the rows that are right and reports the others; otherwise one bad row stops the import with nothing written. */
  readonly skipBad?: boolean;
  /** Does everything and then takes it back: the result says what an import would do. */
  readonly dryRun?: boolean;
}

/** One thing wrong in a file: where (the column by its name), and what to do about it. */
export interface Problem {
  readonly line: number;
  readonly column: string;
  readonly problem: string;
}

/** Something that was put right, or that one should know. */
export interface Note {
  readonly line: number;
  readonly column?: string;
  readonly text: string;
}

/** What an import did. `read` counts rows; `skipped` those with a problem, which `problems` tells in the order of the lines. */
export interface ImportResult {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

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
