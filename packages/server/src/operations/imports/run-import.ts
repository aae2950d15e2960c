import { analyzeDirectory, type Handle, withRetries } from '@allot/store';
import type { Context } from '../context.ts';
import { takenBackIf } from '../taken-back.ts';
import type { ImportOptions } from './import-result.ts';

/**
 * Runs an import in one transaction: `stage` reads the file, holding no lock that anybody waits for; `write` does all the
 * rest, and is done again when another change was in its way. A dry run is an import that is taken back.
 */
export async function runImport<T>(
  ctx: Context,
  options: ImportOptions,
  stage: (trx: Handle) => Promise<void>,
  write: (trx: Handle) => Promise<T>,
): Promise<T> {
  const result = await takenBackIf<T>(options.dryRun === true, (finish) =>
    ctx.db.transaction().execute(async (trx) => {
      await stage(trx);
      return finish(await withRetries(trx, write));
    }),
  );
  if (options.dryRun !== true) await analyzeDirectory(ctx.db);
  return result;
}
