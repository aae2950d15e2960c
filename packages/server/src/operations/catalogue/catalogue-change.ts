import type { CataloguePreview } from '@allot/contract';
import type { Handle } from '@allot/store';
import type { Context } from '../context.ts';
import { changeWorldAsShown } from '../licensing/change-world.ts';
import { describeEffect, digestOf, refuseUnlessAsShown } from './describe-effect.ts';
import type { ProductChange } from './product-changes.ts';

/** How a change of the catalogue is made: `dryRun` shows it only; `preview` is that of a dry run which it must equal. */
export interface ChangeOptions {
  readonly dryRun?: boolean;
  readonly preview?: string | undefined;
}

/** What was changed, or would be, and for whom. */
export interface Shown<T> extends CataloguePreview {
  readonly result: T;
}

/**
 * Changes the catalogue by hand and settles everybody whom that reaches (L-05, L-16, L-21).
 * @param mutate writes the change and says which products it touched
 * @throws ApiError 409 when it is not what the preview said
 */
export const changeCatalogue = <T>(
  ctx: Context,
  activity: string,
  options: ChangeOptions,
  mutate: (trx: Handle) => Promise<{ readonly result: T; readonly changes: readonly ProductChange[] }>,
): Promise<Shown<T>> =>
  changeWorldAsShown(ctx, 'catalogue', activity, {
    dryRun: options.dryRun === true,
    mutate,
    show: async (trx, { result, changes }, change) => {
      const effect = await describeEffect(trx, ctx.tenantId, changes, change);
      const preview = digestOf(effect);
      refuseUnlessAsShown(preview, options.preview);
      return { result, effect, preview };
    },
  });
