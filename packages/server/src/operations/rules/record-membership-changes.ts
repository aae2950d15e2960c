import {
  forEachUserNo,
  type FollowedRule,
  type Handle,
  insertAudit,
  type MembershipDifference,
  selectUserNames,
} from '@allot/store';
import type { Context } from '../context.ts';

/** Users whom the audit names of each group; of the others it tells the number. */
const USERS_NAMED_MAX = 20;

/** L-29: one entry for each group whose members changed by its rule: how many came and went, and the first of them. */
export async function recordMembershipChanges(
  ctx: Context,
  trx: Handle,
  rules: readonly FollowedRule[],
  differences: readonly MembershipDifference[],
  causeOf: (groupId: string) => string | null,
): Promise<void> {
  if (!differences.length) return;
  const names = new Map(rules.map(({ groupId, displayName }) => [groupId, displayName]));
  const named = new Map(differences.map(({ groupId, users }) => [groupId, firstOf(users)]));
  const users = await selectUserNames(trx, ctx.tenantId, [...new Set([...named.values()].flat())]);
  const entries = differences.map(({ groupId, come, gone }) => ({
    activity: 'Update members of dynamic group' as const,
    category: 'GroupManagement' as const,
    correlationId: causeOf(groupId) ?? ctx.correlationId,
    actor: ctx.actor,
    targets: [
      { id: groupId, displayName: names.get(groupId) ?? groupId, type: 'Group' as const },
      ...(named.get(groupId) ?? []).flatMap((userNo) => {
        const user = users.get(userNo);
        return user === undefined ? [] : [{ ...user, type: 'User' as const }];
      }),
    ],
    details: [
      { key: 'Users added', value: String(come) },
      { key: 'Users removed', value: String(gone) },
    ],
  }));
  await insertAudit(trx, ctx.tenantId, entries);
}

function firstOf(users: string): readonly number[] {
  const first: number[] = [];
  // Enough of a list of perhaps a million.
  forEachUserNo(users.split(',', USERS_NAMED_MAX).join(), (userNo) => first.push(userNo));
  return first;
}
