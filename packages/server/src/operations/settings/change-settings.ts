import { insertAudit, updateSettings, wakeAuditRemoval, wakeDeferredUsers } from '@allot/store';
import type { Context } from '../context.ts';
import { modifiedProperties } from '../directory/audit-entries.ts';
import { changeWorld } from '../licensing/change-world.ts';
import { readSettingsIn, type Settings } from './read-settings.ts';

export type SettingsPatch = { readonly [Name in keyof Settings]?: Settings[Name] };

const activity = 'Update settings';

/**
 * Changes the settings that are named and settles everybody whom that reaches (L-16), all in one transaction. When
 * `autoResolve` becomes true again, users whose change was only recorded meanwhile are settled in the background.
 * @param patch values of the right kind: see the readers of the own API
 * @returns the settings as they are now
 */
export async function changeSettings(ctx: Context, patch: SettingsPatch): Promise<Settings> {
  return changeWorld(ctx, 'settings', activity, async (trx) => {
    const before = await readSettingsIn(trx, ctx.tenantId);
    await updateSettings(trx, ctx.tenantId, patch);
    const after = await readSettingsIn(trx, ctx.tenantId);
    if (!before.autoResolve && after.autoResolve) await wakeDeferredUsers(trx, ctx.tenantId);
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
  });
}
