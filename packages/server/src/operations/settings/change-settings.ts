import { type Handle, insertAudit, updateSettings, wakeAuditRemoval, wakeDeferredUsers } from '@allot/store';
import { type ChangeOptions, showEffect, type Shown } from '../catalogue/catalogue-change.ts';
import type { Context } from '../context.ts';
import { modifiedProperties } from '../directory/audit-entries.ts';
import { changeWorldAsShown } from '../licensing/change-world.ts';
import { keepTime } from '../subscriptions/keep-time.ts';
import { readSettingsIn, type Settings } from './read-settings.ts';

export type SettingsPatch = { readonly [Name in keyof Settings]?: Settings[Name] };

const activity = 'Update settings';

/**
 * Changes the settings that are named and settles everybody whom that reaches (L-16), all in one transaction. When
 * `autoResolve` becomes true again, users whose change was only recorded meanwhile are settled in the background.
 * @param patch values of the right kind: see the readers of the own API
 * @returns the settings as they are now, and what that changes for whom
 * @throws ApiError 409 when it is not what the preview said
 */
export const changeSettings = (
  ctx: Context,
  patch: SettingsPatch,
  options: ChangeOptions = {},
): Promise<Shown<Settings>> =>
  changeWorldAsShown(ctx, 'settings', activity, {
    dryRun: options.dryRun === true,
    mutate: (trx) => writeSettings(ctx, trx, patch),
    show: (trx, settings, change) => showEffect(trx, ctx, options, settings, [], change),
  });

async function writeSettings(ctx: Context, trx: Handle, patch: SettingsPatch): Promise<Settings> {
  const before = await readSettingsIn(trx, ctx.tenantId);
  await updateSettings(trx, ctx.tenantId, patch);
  const after = await readSettingsIn(trx, ctx.tenantId);
  if (!before.autoResolve && after.autoResolve) await wakeDeferredUsers(trx, ctx.tenantId);
  const periodsChanged =
    before.warningPeriod !== after.warningPeriod || before.suspendedPeriod !== after.suspendedPeriod;
  if (periodsChanged) await keepTime(ctx, trx);
  if (before.auditRetention !== after.auditRetention) await wakeAuditRemoval(trx);
  await insertAudit(trx, ctx.tenantId, [
    {
      activity,
      category: 'DirectoryManagement',
      correlationId: ctx.correlationId,
      actor: ctx.actor,
      targets: [
        {
          id: ctx.tenantId,
          displayName: null,
          type: 'Other',
          modifiedProperties: modifiedProperties({ ...before }, { ...after }),
        },
      ],
    },
  ]);
  return after;
}
