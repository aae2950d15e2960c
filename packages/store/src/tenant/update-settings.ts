import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { TenantSettings } from '../licensing/load-world.ts';

/** What an administrator may set for the tenant. Durations are ISO 8601. */
export type SettingsChange = {
  readonly [Name in keyof typeof columnOf]?: TenantSettings[Name];
};

const columnOf = {
  defaultUsageLocation: 'default_usage_location',
  autoResolve: 'auto_resolve',
  gracePeriod: 'grace_period',
  keepUntilReplaced: 'keep_until_replaced',
  onGroupDelete: 'on_group_delete',
  ruleSet: 'rule_set',
  warningPeriod: 'warning_period',
  suspendedPeriod: 'suspended_period',
  auditRetention: 'audit_retention',
} as const satisfies Partial<Record<keyof TenantSettings, string>>;

/** Writes the settings that are given; the others stay. */
export async function updateSettings(trx: Handle, tenantId: string, change: SettingsChange): Promise<void> {
  // `as`: Object.keys forgets that the keys are those of the type.
  const names = (Object.keys(columnOf) as (keyof typeof columnOf)[]).filter((name) => change[name] !== undefined);
  if (!names.length) return;
  const set = names.map((name) => sql`${sql.ref(columnOf[name])} = ${change[name]}`);
  await sql`update allot.tenant set ${sql.join(set)} where tenant_id = ${tenantId}`.execute(trx);
}
