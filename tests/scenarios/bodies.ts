import type { PastLicense } from '@allot/contract';
import type { Assignment } from '@allot/engine';
import type { Ids } from './ids.ts';
import type { GroupType, RuleChange } from './scenario.ts';
import type { ShownEntry, ShownUser } from './subject.ts';

/** Bodies of Graph: what is sent to make a change, and what comes back of a user's licenses. */
export const assignBody = ({
  add,
  remove,
}: {
  readonly add: readonly Assignment[];
  readonly remove: readonly string[];
}) => ({
  addLicenses: add.map(({ productId, disabledPlans }) => ({ skuId: productId, disabledPlans })),
  removeLicenses: remove,
});

export const groupBody = (name: string, type: GroupType, rule: string | undefined) => ({
  displayName: name,
  mailNickname: name,
  mailEnabled: type !== 'security',
  securityEnabled: type !== 'distribution' && type !== 'Microsoft 365',
  groupTypes: [
    ...(type.startsWith('Microsoft 365') ? ['Unified'] : []),
    ...(rule === undefined ? [] : ['DynamicMembership']),
  ],
  ...(rule === undefined ? {} : { membershipRule: rule, membershipRuleProcessingState: 'On' }),
});

export const ruleBody = ({ rule, paused }: RuleChange) => ({
  ...(rule === undefined ? {} : { groupTypes: rule === null ? [] : ['DynamicMembership'] }),
  ...(typeof rule === 'string' ? { membershipRule: rule } : {}),
  ...(paused === undefined ? {} : { membershipRuleProcessingState: paused ? 'Paused' : 'On' }),
});

export interface Licenses {
  readonly assignedLicenses: readonly { readonly skuId: string; readonly disabledPlans: readonly string[] }[];
  readonly assignedPlans: readonly { readonly servicePlanId: string; readonly capabilityStatus: string }[];
  readonly licenseAssignmentStates: readonly {
    readonly skuId: string;
    readonly assignedByGroup: string | null;
    readonly state: string;
    readonly error: string | null;
  }[];
}

/** @param plansOf plans of a product: Graph says which are off, not which are on */
export function readLicenses(
  { assignedLicenses, assignedPlans, licenseAssignmentStates }: Licenses,
  ids: Ids,
  plansOf: (productId: string) => readonly string[],
): ShownUser {
  return {
    entries: licenseAssignmentStates.map(({ skuId, assignedByGroup, state, error }) => ({
      productId: skuId,
      source: ids.source(assignedByGroup),
      state,
      error: error ?? '',
    })),
    licenses: new Map(
      assignedLicenses.map(({ skuId, disabledPlans }) => [
        skuId,
        plansOf(skuId).filter((planId) => !disabledPlans.includes(planId)),
      ]),
    ),
    plans: assignedPlans.flatMap(({ servicePlanId, capabilityStatus }) =>
      capabilityStatus === 'Enabled' ? servicePlanId : [],
    ),
  };
}

export interface AuditTarget {
  readonly id: string;
  readonly modifiedProperties?: readonly { readonly displayName: string; readonly newValue: string | null }[];
}

interface AuditEntry {
  readonly activity: string;
  readonly result: string;
  readonly targets: readonly AuditTarget[];
}

/** `ACTIVITY: TARGET`, with the result where it is no success, and the counts of a run. */
export function auditLine({ activity, result, targets }: AuditEntry, ids: Ids): string {
  const [target] = targets;
  const name = target === undefined ? '' : (ids.nameIfKnown(target.id) ?? '');
  const counts = target?.modifiedProperties?.find(({ displayName }) => displayName === 'Result')?.newValue;
  return `${activity}: ${name}${result === 'success' ? '' : ` (${result})`}${counts ? ` ${counts}` : ''}`;
}

/** Plans that are not on any more, with their status. */
export const lostPlans = (
  user:
    | { readonly assignedPlans: readonly { readonly servicePlanId: string; readonly capabilityStatus: string }[] }
    | undefined,
): Map<string, string> =>
  new Map(
    (user?.assignedPlans ?? []).flatMap(({ servicePlanId, capabilityStatus }) =>
      capabilityStatus === 'Enabled' ? [] : [[servicePlanId, capabilityStatus]],
    ),
  );

/** An entry of a history. */
export const pastEntry = ({ skuId, source, state, error, servicePlans }: PastLicense, ids: Ids): ShownEntry => ({
  productId: skuId,
  source: ids.source(source),
  state,
  error,
  inForce: servicePlans,
});
