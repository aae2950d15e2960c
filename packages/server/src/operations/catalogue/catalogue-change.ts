import type { CataloguePreview } from '@allot/contract';
import type { Activity, Handle } from '@allot/store';
import type { Context } from '../context.ts';
import { changeWorldAsShown, type WorldChange } from '../licensing/change-world.ts';
import { describeEffect, digestOf, refuseUnlessAsShown } from './describe-effect.ts';
import type { ProductChange } from './product-changes.ts';

/** How a change of the catalogue is made: `dryRun` shows it only; `preview` is that of a dry run which it must equal. */
export interface ChangeOptions {
  readonly dryRun?: boolean;
  readonly preview?: string | undefined;
}

/** What was changed, or would be, and for whom; the latter only if a preview was asked for or is to be compared. */
export interface Shown<T> {
  readonly result: T;
  readonly shown: CataloguePreview | undefined;
}

/**
 * Changes the catalogue by hand and settles everybody whom that reaches (L-05, L-16, L-21).
 * @param mutate writes the change and says which products it touched
 * @throws ApiError 409 when it is not what the preview said
 */
export const changeCatalogue = <T>(
  ctx: Context,
  activity: Activity,
  options: ChangeOptions,
  mutate: (trx: Handle) => Promise<{ readonly result: T; readonly changes: readonly ProductChange[] }>,
): Promise<Shown<T>> =>
  changeWorldAsShown(ctx, 'catalogue', activity, {
    dryRun: options.dryRun === true,
    mutate,
    show: (trx, { result, changes }, change) => showEffect(trx, ctx, options, result, changes, change),
  });

/** What a planned change does, unless it is not what the preview said. @throws ApiError 409 */
export async function showEffect<T>(
  trx: Handle,
  ctx: Context,
  options: ChangeOptions,
  result: T,
  changes: readonly ProductChange[],
  change: WorldChange,
): Promise<Shown<T>> {
  if (options.dryRun !== true && options.preview === undefined) return { result, shown: undefined };
  const effect = await describeEffect(trx, ctx.tenantId, changes, change);
  const preview = digestOf(effect);
  refuseUnlessAsShown(preview, options.preview);
  return { result, shown: { effect, preview } };
}
