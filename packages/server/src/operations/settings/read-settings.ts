import { notFound } from '@allot/contract';
import { type Handle, loadTenant } from '@allot/store';
import type { Context } from '../context.ts';

/** What an administrator may set for the tenant. Durations are ISO 8601. */
export interface Settings {
  /** ISO 3166 alpha-2; the location of users who have none (L-10). */
  readonly defaultUsageLocation: string | null;
  /** L-16: whether freed seats, attributes and addresses are reacted to without anyone asking. */
  readonly autoResolve: boolean;
  /** L-20: how long a lost plan can come back with nothing lost. */
  readonly gracePeriod: string;
  /** L-09: an inherited product stays until its replacement is granted. */
  readonly keepUntilReplaced: boolean;
  /** L-25. */
  readonly onGroupDelete: 'convert' | 'error';
  /** L-21. */
  readonly ruleSet: string;
  /** L-15. */
  readonly warningPeriod: string;
  readonly suspendedPeriod: string;
  /** How long entries of the audit log are kept; null: forever. */
  readonly auditRetention: string | null;
}

export const readSettings = (ctx: Context): Promise<Settings> => readSettingsIn(ctx.db, ctx.tenantId);

/** The same inside a transaction. */
export async function readSettingsIn(db: Handle, tenantId: string): Promise<Settings> {
  const tenant = await loadTenant(db, tenantId);
  if (!tenant) throw notFound(tenantId);
  const {
    defaultUsageLocation,
    autoResolve,
    gracePeriod,
    keepUntilReplaced,
    onGroupDelete,
    ruleSet,
    warningPeriod,
    suspendedPeriod,
    auditRetention,
  } = tenant;
  return {
    defaultUsageLocation,
    autoResolve,
    gracePeriod,
    keepUntilReplaced,
    onGroupDelete,
    ruleSet,
    warningPeriod,
    suspendedPeriod,
    auditRetention,
  };
}
