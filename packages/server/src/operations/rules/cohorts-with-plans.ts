import { holdingsOf, type QuantifiedCondition, type Rule } from '@allot/engine';
import {
  type CohortSelection,
  type Handle,
  loadCohorts,
  loadPlaces,
  loadSuspensions,
  type PlanOfUser,
  plansSatisfying,
  type RuleScope,
} from '@allot/store';
import type { TenantWorld } from '../licensing/tenant-world.ts';
import { plansInForce } from '../licensing/plans-in-force.ts';
import { conditionsOverPlans } from './parts-of-rule.ts';

/**
 * For each condition of these rules over assigned plans the cohorts whose members satisfy it. All members of a cohort have the same plans, so
 * nobody is looked at one by one. What counts is what users have now: a plan that they lost is not theirs, grace period or not.
 * @param scope whose cohorts matter; null: everybody's
 */
export async function cohortsWithPlans(
  trx: Handle,
  { tenant, world }: Pick<TenantWorld, 'tenant' | 'world'>,
  rules: readonly Rule[],
  scope: RuleScope | null,
): Promise<(condition: QuantifiedCondition) => readonly number[]> {
  const conditions = rules.flatMap((rule) => conditionsOverPlans(rule));
  if (!conditions.length) return () => [];
  const { tenantId } = tenant;
  const cohorts = await loadCohorts(trx, tenantId, await selectionOf(trx, tenantId, scope));
  const suspensions = await loadSuspensions(trx, tenantId);
  const isSuspended = (productId: string) => suspensions.get(productId)?.suspended === true;

  // Few plans, in one of two states each: the database says once of each what the rules say of it.
  const kinds = new Map<string, PlanOfUser>();
  const kindsOf = cohorts.map(({ cohortNo, state }) => {
    const plans = plansInForce(holdingsOf(state, world), world, isSuspended);
    for (const plan of plans) kinds.set(keyOf(plan), plan);
    return { cohortNo, keys: plans.map(keyOf) };
  });
  const satisfied = await plansSatisfying(
    trx,
    [...kinds.values()],
    conditions.map(({ condition }) => condition),
  );
  const found = new Map(
    conditions.map((condition, at) => {
      const good = new Set([...kinds.keys()].filter((_, no) => satisfied[no]?.[at]));
      const holds = ({ keys }: { readonly keys: readonly string[] }) =>
        condition.kind === 'any' ? keys.some((key) => good.has(key)) : keys.every((key) => good.has(key));
      return [condition, kindsOf.filter(holds).map(({ cohortNo }) => cohortNo)];
    }),
  );
  return (condition) => found.get(condition) ?? [];
}

async function selectionOf(trx: Handle, tenantId: string, scope: RuleScope | null): Promise<CohortSelection> {
  if (scope === null) return { by: 'all' };
  const places = await loadPlaces(trx, tenantId, scope.userNos);
  const own = places.flatMap(({ cohortNo }) => cohortNo ?? []);
  return { by: 'number', cohortNos: [...new Set([...own, ...scope.cohortNos])] };
}

const keyOf = ({ planId, capabilityStatus }: PlanOfUser): string => `${planId}|${capabilityStatus}`;
