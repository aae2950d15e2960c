import type { Condition, Rule } from './tree.ts';

/** What of a user, and beside the user, decides whether a rule names the user. */
export interface RuleReads {
  /** As documented: `user.department`; sorted. */
  readonly properties: readonly string[];
  /** Groups whose members it reads, in lower case; sorted. */
  readonly groupIds: readonly string[];
  /** Whose direct reports it names. */
  readonly managerId: string | undefined;
  readonly plans: boolean;
  /** Whether time by itself can change the outcome. */
  readonly time: boolean;
}

export function readsOf(rule: Rule): RuleReads {
  const properties = new Set<string>();
  const groupIds = new Set<string>();
  let time = false;
  const visit = (condition: Condition): void => {
    switch (condition.kind) {
      case 'and':
      case 'or':
        visit(condition.left);
        visit(condition.right);
        return;
      case 'not':
        visit(condition.operand);
        return;
      case 'any':
      case 'all':
        properties.add(condition.collection.name);
        visit(condition.condition);
        return;
      case 'compare': {
        const { property, value } = condition;
        if (property.name.startsWith('user.')) properties.add(property.name);
        if (value.type === 'now') time = true;
        if (property.name !== 'group.objectId') return;
        const values = value.type === 'list' ? value.values : [value];
        for (const one of values) if (one.type === 'string') groupIds.add(one.value.toLowerCase());
      }
    }
  };
  if (rule.kind !== 'directReports') visit(rule);
  return {
    properties: [...properties].toSorted(),
    groupIds: [...groupIds].toSorted(),
    managerId: rule.kind === 'directReports' ? rule.managerId : undefined,
    plans: properties.has('user.assignedPlans'),
    time,
  };
}
