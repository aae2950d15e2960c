import type { QuantifiedCondition, RuleCondition } from '@allot/engine';

/**
 * The plans on which the outcome of these conditions depends; 'any': all of them may. Only a condition that asks for a plan by its id, whatever
 * else it asks, is known not to care for others.
 */
export function plansNamedBy(conditions: readonly QuantifiedCondition[]): ReadonlySet<string> | 'any' {
  const plans = new Set<string>();
  for (const { kind, condition } of conditions) {
    // "All plans are X" fails by any other plan.
    const named = kind === 'any' ? namedBy(condition) : undefined;
    if (named === undefined) return 'any';
    for (const plan of named) plans.add(plan);
  }
  return plans;
}

/** Plans of which one is necessary for the condition; undefined: other plans can do, too. */
function namedBy(condition: RuleCondition): readonly string[] | undefined {
  switch (condition.kind) {
    case 'and':
      return namedBy(condition.left) ?? namedBy(condition.right);
    case 'or': {
      const [left, right] = [namedBy(condition.left), namedBy(condition.right)];
      return left && right ? [...left, ...right] : undefined;
    }
    case 'compare': {
      const { property, operator, value } = condition;
      if (property.name !== 'assignedPlan.servicePlanId') return undefined;
      if (operator === 'eq' && value.type === 'string') return [value.value.toLowerCase()];
      if (operator !== 'in' || value.type !== 'list') return undefined;
      return value.values.flatMap((one) => (one.type === 'string' ? one.value.toLowerCase() : []));
    }
    case 'not':
    case 'any':
    case 'all':
      return undefined;
  }
}
