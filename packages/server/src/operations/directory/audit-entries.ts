import type { Activity, AuditEntry, AuditTarget } from '@allot/store';
import type { Context } from '../context.ts';

interface Named {
  readonly id: string;
  readonly displayName: string;
}

/** An entry about one user. */
export const userEntry = (
  ctx: Context,
  activity: Activity,
  user: Named,
  changes: ModifiedProperties = [],
): AuditEntry => ({
  activity,
  category: 'UserManagement',
  correlationId: ctx.correlationId,
  actor: ctx.actor,
  targets: [target('User', user, changes)],
});

/** An entry about one group. */
export const groupEntry = (
  ctx: Context,
  activity: Activity,
  group: Named,
  changes: ModifiedProperties = [],
): AuditEntry => ({
  activity,
  category: 'GroupManagement',
  correlationId: ctx.correlationId,
  actor: ctx.actor,
  targets: [target('Group', group, changes)],
});

/** An entry about a membership, or an ownership: the member first, as Graph has it. */
export const memberEntry = (
  ctx: Context,
  activity: 'Add member to group' | 'Remove member from group' | 'Add owner to group' | 'Remove owner from group',
  member: Named & { readonly userNo: number | null },
  group: Named,
): AuditEntry => ({
  activity,
  category: 'GroupManagement',
  correlationId: ctx.correlationId,
  actor: ctx.actor,
  targets: [
    target(member.userNo === null ? 'Group' : 'User', member, [
      { displayName: 'Group.ObjectID', oldValue: null, newValue: JSON.stringify(group.id) },
      { displayName: 'Group.DisplayName', oldValue: null, newValue: JSON.stringify(group.displayName) },
    ]),
    target('Group', group, []),
  ],
});

export type ModifiedProperties = NonNullable<AuditTarget['modifiedProperties']>;

/** What differs between the values before and those after; values as JSON, as Graph writes them. */
export function modifiedProperties(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): ModifiedProperties {
  return Object.entries(after).flatMap(([name, value]) => {
    const [oldValue, newValue] = [JSON.stringify(before[name] ?? null), JSON.stringify(value ?? null)];
    return oldValue === newValue ? [] : [{ displayName: name, oldValue, newValue }];
  });
}

function target(type: 'User' | 'Group', { id, displayName }: Named, changes: ModifiedProperties): AuditTarget {
  return changes.length === 0 ? { id, displayName, type } : { id, displayName, type, modifiedProperties: changes };
}
