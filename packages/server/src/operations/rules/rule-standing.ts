import type { RuleStanding } from '@allot/contract';
import { type Handle, loadRuleProgress, type RuleProgress, selectGroup } from '@allot/store';
import { textOf } from '../directory/row-values.ts';
import { errorOf } from './rule-failure.ts';

/** How far the rule of a group is followed, in the words of the original; null: its members follow none. */
export async function ruleStanding(
  db: Handle,
  tenantId: string,
  groupId: string,
  licensesAreSettled: boolean,
): Promise<RuleStanding | null> {
  const progress = (await loadRuleProgress(db, tenantId, [groupId])).get(groupId);
  const names = ['membershipRule', 'membershipRuleProcessingState'];
  const group = progress === undefined ? undefined : await selectGroup(db, tenantId, groupId, names);
  if (progress === undefined || group === undefined) return null;
  const paused = textOf(group, 'membershipRuleProcessingState') === 'Paused';
  return {
    membershipRule: textOf(group, 'membershipRule') ?? '',
    status: paused ? 'Update paused' : statusOf(progress, licensesAreSettled),
    errorMessage: progress.errorMessage,
    error: errorOf(progress),
    lastEvaluationDateTime: progress.evaluatedAt?.toISOString() ?? null,
    lastMembershipUpdateDateTime: progress.membersChangedAt?.toISOString() ?? null,
    nextEvaluationDateTime: progress.nextAt?.toISOString() ?? null,
  };
}

function statusOf({ status }: RuleProgress, licensesAreSettled: boolean): RuleStanding['status'] {
  switch (status) {
    case 'NotStarted':
      return 'Not started';
    case 'Running':
      return 'Evaluating';
    case 'Failed':
      return 'Processing error';
    case 'Succeeded':
      return licensesAreSettled ? 'Update complete' : 'Processing';
  }
}
