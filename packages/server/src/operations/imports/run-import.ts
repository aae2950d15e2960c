import { analyzeDirectory, type Handle, withRetries } from '@allot/store';
import type { Context } from '../context.ts';
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

/** Runs a transaction whose end calls `finish`, which ends it with an error if everything is to be taken back. */
export async function takenBackIf<T>(takeBack: boolean, run: (finish: (result: T) => T) => Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined;
  try {
    return await run((value) => {
      if (!takeBack) return value;
      result = { value };
      throw new TakenBack();
    });
  } catch (error) {
    if (error instanceof TakenBack && result) return result.value;
    throw error;
  }
}

class TakenBack extends Error {
  override readonly name = 'TakenBack';
}
