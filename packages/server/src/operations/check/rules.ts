import type { CheckDifference } from '@allot/contract';
import {
  compileRule,
  DIFFERENCES_LISTED_MAX,
  findRuleDifferences,
  findUnfollowedRules,
  type FollowedRule,
  loadFollowedRules,
  loadRuleProgress,
  RULES_COMPARED_MAX,
} from '@allot/store';
import { cohortsWithPlans } from '../rules/cohorts-with-plans.ts';
import { readRule } from '../rules/read-rule.ts';
import type { CheckScope, Found, TenantCheck } from './check.ts';

/** Members of groups by rule (L-26). */
export const ruleChecks: readonly TenantCheck[] = [
  {
    name: 'rules-followed',
    claim: 'The members of a group by rule are exactly those whom the rule names.',
    find: compareMembers,
  },
];

async function compareMembers(scope: CheckScope): Promise<Found> {
  const { db, tenant, pending } = scope;
  // Whoever waits for rules may be named otherwise than it is a member.
  if (pending.rules > 0) return { count: 0, differences: [] };
  const rules = await loadFollowedRules(db, tenant.tenantId, 'all');
  const progress = await loadRuleProgress(
    db,
    tenant.tenantId,
    rules.map(({ groupId }) => groupId),
  );
  const now = new Date();
  // Where time has just changed who matches, a job is on its way.
  const settled = rules.filter(({ groupId }) => (progress.get(groupId)?.nextAt ?? new Date(now.getTime() + 1)) > now);
  let count = 0;
  const differences: CheckDifference[] = [];
  for (let i = 0; i < settled.length; i += RULES_COMPARED_MAX) {
    const batch = await compile(scope, settled.slice(i, i + RULES_COMPARED_MAX));
    for (const rule of await findUnfollowedRules(db, tenant.tenantId, batch)) {
      const found = await findRuleDifferences(db, tenant.tenantId, rule);
      count += found.count;
      for (const { userNo, userId, named } of found.rows) {
        const sentence = named
          ? `The rule of group ${rule.groupId} names user ${userId}, who is no member.`
          : `User ${userId} is a member of group ${rule.groupId}, whose rule does not name it.`;
        differences.push({ sentence, ids: { userId, userNo, groupId: rule.groupId } });
      }
    }
  }
  return { count, differences: differences.slice(0, DIFFERENCES_LISTED_MAX) };
}

async function compile({ db, tenant, world }: CheckScope, rules: readonly FollowedRule[]) {
  const read = rules.flatMap(({ groupId, rule }) => {
    const found = readRule(rule);
    return 'rule' in found ? [{ groupId, tree: found.rule }] : [];
  });
  const trees = read.map(({ tree }) => tree);
  const cohortsWith = await cohortsWithPlans(db, { tenant, world }, trees, null);
  return read.map(({ groupId, tree }) => ({
    groupId,
    matches: compileRule(tree, { tenantId: tenant.tenantId, cohortsWith }),
  }));
}
