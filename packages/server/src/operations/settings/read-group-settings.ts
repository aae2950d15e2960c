import { notFound, type RuleStanding } from '@allot/contract';
import { deletionRequestedAt, findGroup, type GroupLicensing, type Handle, loadGroupLicensing } from '@allot/store';
import type { Context } from '../context.ts';
import { ruleStanding } from '../rules/rule-standing.ts';
import { progressOf } from '../licensing/processing.ts';

/** How a group licenses its members, and how far processing is (L-18). */
export interface GroupSettings {
  /** L-04. */
  readonly atomicity: 'bundle' | 'product';
  /** L-07, L-14: lower first. */
  readonly priority: number;
  /** L-23. */
  readonly licenseInheritance: 'direct' | 'transitive';
  /** L-21. */
  readonly newPlans: 'on' | 'off';
  /** L-24. */
  readonly prerequisites: 'group' | 'user';
  readonly state: GroupLicensing['state'];
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Seconds until the group is done, as far as can be told. */
  readonly etaSeconds: number | null;
  /** Since when the group is to be deleted, and stays because members have licenses of it (L-25); null: it is not to be. */
  readonly deletionRequestedDateTime: string | null;
  /** L-26. */
  readonly rule: RuleStanding | null;
}

/** @throws ApiError 404 */
export const readGroupSettings = (ctx: Context, groupId: string): Promise<GroupSettings> =>
  readGroupSettingsIn(ctx.db, ctx.tenantId, groupId);

/** The same inside a transaction. */
export async function readGroupSettingsIn(db: Handle, tenantId: string, groupId: string): Promise<GroupSettings> {
  const group = await findGroup(db, tenantId, groupId);
  if (!group) throw notFound(groupId);
  const [licensing] = await loadGroupLicensing(db, tenantId, [groupId]);
  const settled = !licensing || licensing.state === 'ProcessingComplete';
  const rule = await ruleStanding(db, tenantId, groupId, settled);
  if (!licensing) return { ...untouched, rule };
  const { atomicity, priority, licenseInheritance, newPlans, prerequisites } = licensing;
  const { state, done, total, failed, etaSeconds } = progressOf(licensing);
  const settings = { atomicity, priority, licenseInheritance, newPlans, prerequisites };
  const deletionRequestedDateTime = (await deletionRequestedAt(db, tenantId, groupId))?.toISOString() ?? null;
  return { ...settings, state, done, total, failed, etaSeconds, deletionRequestedDateTime, rule };
}

/** A group never licensed nor configured: the defaults of allot.group_licensing. */
const untouched: GroupSettings = {
  atomicity: 'bundle',
  priority: 100,
  licenseInheritance: 'direct',
  newPlans: 'on',
  prerequisites: 'group',
  state: 'ProcessingComplete',
  done: 0,
  total: 0,
  failed: 0,
  etaSeconds: null,
  deletionRequestedDateTime: null,
  rule: null,
};
