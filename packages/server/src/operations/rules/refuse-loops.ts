import { badRequest } from '@allot/contract';
import { readsOf, type Rule } from '@allot/engine';
import { type Handle, loadAllRules, loadGivenPlans, type SavedRule } from '@allot/store';
import { conditionsOverPlans } from './parts-of-rule.ts';
import { plansNamedBy } from './plans-named-by.ts';
import { readRule } from './read-rule.ts';

/** What a rule depends on, of what other rules decide. */
interface Dependent {
  readonly groupId: string;
  readonly displayName: string;
  /** Groups whose members it reads. */
  readonly groupIds: readonly string[];
  /** Plans that it reads; 'any': it cannot be said which. */
  readonly plans: ReadonlySet<string> | 'any';
}

/**
 * Refuses a rule on which it depends who is named by it: through the members of other groups by rule, or through plans that such groups give
 * (L-26). What cannot be known here is stopped when it happens.
 * @throws ApiError 400 with the way round
 */
export async function refuseLoops(
  trx: Handle,
  tenantId: string,
  group: { readonly id: string; readonly displayName: string },
  rule: Rule,
): Promise<void> {
  const others = (await loadAllRules(trx, tenantId)).filter(({ groupId }) => groupId !== group.id);
  const own = dependentOf({ groupId: group.id, displayName: group.displayName }, rule);
  if (!own.groupIds.length && own.plans !== 'any' && own.plans.size === 0) return;
  const all = [
    own,
    ...others.flatMap((other) => {
      const read = readRule(other.rule);
      return 'rule' in read ? dependentOf(other, read.rule) : [];
    }),
  ];
  const given = await loadGivenPlans(
    trx,
    tenantId,
    all.map(({ groupId }) => groupId),
  );
  const path = findPath(own, all, (of, to) => dependsOn(of, to, given));
  if (path === undefined) return;
  const names = path.map(({ displayName }) => `'${displayName}'`).join(' → ');
  throw badRequest(
    `The rule depends on its own members: ${names}.`,
    'Each group in this list reads the members of the next, or a plan that the next one gives. Take one of these conditions out of its rule, or the plan out of the licenses of the group.',
    'RuleReadsItself',
  );
}

const dependentOf = ({ groupId, displayName }: Omit<SavedRule, 'rule'>, rule: Rule): Dependent => ({
  groupId,
  displayName,
  groupIds: readsOf(rule).groupIds,
  plans: plansNamedBy(conditionsOverPlans(rule)),
});

function dependsOn(of: Dependent, to: Dependent, given: ReadonlyMap<string, readonly string[]>): boolean {
  if (of.groupIds.includes(to.groupId)) return true;
  const plans = given.get(to.groupId) ?? [];
  return of.plans === 'any' ? plans.length > 0 : plans.some((plan) => of.plans !== 'any' && of.plans.has(plan));
}

/** The shortest way from a rule back to itself, both ends included. */
function findPath(
  from: Dependent,
  all: readonly Dependent[],
  leads: (of: Dependent, to: Dependent) => boolean,
): readonly Dependent[] | undefined {
  const reached = new Set<Dependent>();
  let ends: readonly (readonly Dependent[])[] = [[from]];
  while (ends.length) {
    const next: (readonly Dependent[])[] = [];
    for (const path of ends) {
      const last = path.at(-1) ?? from;
      for (const to of all) {
        if (reached.has(to) || !leads(last, to)) continue;
        if (to === from) return [...path, from];
        reached.add(to);
        next.push([...path, to]);
      }
    }
    ends = next;
  }
  return undefined;
}
