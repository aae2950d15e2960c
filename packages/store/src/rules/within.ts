import { type RawBuilder, sql } from 'kysely';
import { bigints } from '../licensing/array-literals.ts';

/** Whom to compare with rules: both lists together. Where null stands for one, everybody. */
export interface RuleScope {
  readonly userNos: readonly number[];
  readonly cohortNos: readonly number[];
}

/** Whether a number of a user is in the scope. */
export function within(tenantId: string, scope: RuleScope | null, userNo: RawBuilder<unknown>): RawBuilder<boolean> {
  if (scope === null) return sql<boolean>`true`;
  const { userNos, cohortNos } = scope;
  const named = sql<boolean>`${userNo} = any(${bigints(userNos)})`;
  if (!cohortNos.length) return named;
  return sql<boolean>`(${named} or ${userNo} in (
    select s.user_no from allot.user_cohort s where s.tenant_id = ${tenantId} and s.cohort_id = any(${bigints(cohortNos)})))`;
}
