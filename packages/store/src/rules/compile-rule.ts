import type { QuantifiedCondition, Rule, RuleComparison, RuleCondition } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import { bigints } from '../licensing/array-literals.ts';
import { compileComparison } from './compile-comparison.ts';
import { rulePropertyOf } from './rule-properties.ts';

/** What a rule is about, beside the columns of `u`. */
export interface RuleSubject {
  readonly tenantId: string;
  /** Cohorts whose members satisfy a condition over their assigned plans. */
  readonly cohortsWith: (condition: QuantifiedCondition) => readonly number[];
}

type Test = RawBuilder<boolean>;

/**
 * Whether a rule names `u`, a row of allot.directory_user that is not deleted: true or false, never null. Whatever the author of a rule
 * wrote is a parameter. Time is that of the transaction.
 */
export function compileRule(rule: Rule, subject: RuleSubject): Test {
  if (rule.kind !== 'directReports') return compileCondition(rule, subject);
  return sql<boolean>`coalesce(u.manager_no = (
    select b.user_no from allot.directory_user b
    where b.tenant_id = ${subject.tenantId} and b.id::text = lower(${rule.managerId}) and b.deleted_at is null), false)`;
}

/** The same for a part of a rule that is not about one element of a collection. */
function compileCondition(condition: RuleCondition, subject: RuleSubject): Test {
  switch (condition.kind) {
    case 'and':
      return sql<boolean>`(${compileCondition(condition.left, subject)} and ${compileCondition(condition.right, subject)})`;
    case 'or':
      return sql<boolean>`(${compileCondition(condition.left, subject)} or ${compileCondition(condition.right, subject)})`;
    case 'not':
      return sql<boolean>`(not ${compileCondition(condition.operand, subject)})`;
    case 'any':
    case 'all':
      return compileQuantified(condition, subject);
    case 'compare':
      return compileProperty(condition);
  }
}

/** Of a list the old form, without -any: some element contains the text. */
function compileProperty(condition: RuleComparison): Test {
  const { value } = rulePropertyOf(condition.property.name);
  if (condition.property.name !== 'user.otherMails' && condition.property.name !== 'user.proxyAddresses')
    return compileComparison(value, condition);
  const contains = compileComparison(sql`e.value`, { ...condition, operator: 'contains' });
  const some = sql<boolean>`exists (select from unnest(${value}) as e (value) where ${contains})`;
  return condition.operator === 'contains' ? some : sql<boolean>`(not ${some})`;
}

function compileQuantified(condition: QuantifiedCondition, subject: RuleSubject): Test {
  const { tenantId } = subject;
  switch (condition.collection.name) {
    case 'user.assignedPlans':
      return sql<boolean>`exists (
        select from allot.user_cohort c where c.tenant_id = ${tenantId} and c.user_no = u.user_no
          and c.cohort_id = any(${bigints(subject.cohortsWith(condition))}))`;
    case 'user.memberof':
      return sql<boolean>`exists (
        select from allot.membership e
        join allot.directory_group g on g.tenant_id = e.tenant_id and g.id = e.group_id and g.deleted_at is null
        where e.tenant_id = ${tenantId} and e.user_no = u.user_no
          and ${compileElement(condition.condition, () => sql`e.group_id::text`)})`;
    default: {
      const elements = sql`unnest(${rulePropertyOf(condition.collection.name).value}) as e (value)`;
      const holds = compileElement(condition.condition, () => sql`e.value`);
      if (condition.kind === 'any') return sql<boolean>`exists (select from ${elements} where ${holds})`;
      return sql<boolean>`not exists (select from ${elements} where not ${holds})`;
    }
  }
}

/** A condition about one element of a collection. @param valueOf its property by name: `_`, `assignedPlan.service`, `group.objectId` */
export function compileElement(condition: RuleCondition, valueOf: (name: string) => RawBuilder<unknown>): Test {
  switch (condition.kind) {
    case 'and':
      return sql<boolean>`(${compileElement(condition.left, valueOf)} and ${compileElement(condition.right, valueOf)})`;
    case 'or':
      return sql<boolean>`(${compileElement(condition.left, valueOf)} or ${compileElement(condition.right, valueOf)})`;
    case 'not':
      return sql<boolean>`(not ${compileElement(condition.operand, valueOf)})`;
    case 'compare':
      return compileComparison(valueOf(condition.property.name), condition);
    case 'any':
    case 'all':
      throw new Error('a condition about an element holds no condition about elements');
  }
}
