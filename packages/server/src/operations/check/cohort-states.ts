import { direct, type Exception, type Facts, holdingsOf, keyOf, settleAgain, type World } from '@allot/engine';
import { hashOfKey, type KeyedCohort } from '@allot/store';
import type { CheckScope, CohortCheck } from './check.ts';

/** What each cohort says of its members, against the engine. */
export const cohortStateChecks: readonly CohortCheck[] = [
  {
    name: 'cohort-keys',
    claim: 'The key of every cohort is that of its facts and exceptions.',
    look: ({ cohortNo, key, state }) => {
      const due = hashOfKey(keyOf(state));
      return key === due ? undefined : `Cohort ${cohortNo} has the key ${key}; that of its state is ${due}.`;
    },
  },
  {
    name: 'exceptions',
    claim: 'Only what is wanted is missing, and only what is not wanted is kept.',
    look: ({ cohortNo, state: { facts, exceptions } }, { world }) => {
      if (!exceptions.length) return undefined;
      const wrong = exceptions.find((exception) => !fits(exception, facts, world));
      return wrong && `Cohort ${cohortNo} ${tell(wrong)}, which its facts and bundles contradict.`;
    },
  },
  {
    name: 'settled-is-settled',
    claim: 'Settling a cohort again changes neither what is in force nor an error.',
    look: (cohort, scope) => (isPending(cohort, scope) ? undefined : lookAgain(cohort, scope)),
  },
];

function fits({ kind, source, productId, plans }: Exception, facts: Facts, world: World): boolean {
  const wanted = holdingsOf({ facts, exceptions: [] }, world).find(
    (holding) => holding.source === source && holding.product.productId === productId,
  )?.wanted;
  const wantedPlans = new Set(wanted && world.catalogue.idsOf(wanted));
  if (kind === 'kept') return plans?.every((plan) => !wantedPlans.has(plan)) ?? false;
  return wanted !== undefined && (plans ?? []).every((plan) => wantedPlans.has(plan));
}

/** Settings of a group count at once, its members are settled for them later. */
function isPending({ state: { facts, exceptions } }: KeyedCohort, { pending }: CheckScope): boolean {
  if (!pending.groupIds.length) return false;
  return (
    pending.groupIds.some((groupId) => facts.groups.includes(groupId)) ||
    exceptions.some(({ source }) => pending.groupIds.includes(source))
  );
}

/**
 * `CountViolation` is said exactly when no seat is free (decision 2). While `autoResolve` is off nobody tells those who wait that one is
 * (L-16), so then a seat is free where the cohort does not say otherwise.
 */
function lookAgain({ cohortNo, state }: KeyedCohort, { world, tenant, seats }: CheckScope): string | undefined {
  const said = new Set(state.exceptions.flatMap((e) => (e.error === 'CountViolation' ? e.productId : [])));
  const again = settleAgain(state, world, ({ productId }) => {
    if (!tenant.autoResolve) return !said.has(productId);
    const { usable = 0, held = 0 } = seats.get(productId) ?? {};
    return usable > held;
  });
  const [before, after] = [state.exceptions, again].map((list) => new Map(list.map((e) => [keyed(e), e])));
  for (const [key, exception] of after ?? []) {
    if (!before?.has(key)) return `Cohort ${cohortNo}, settled again, ${tell(exception)}, which it does not say.`;
  }
  for (const [key, exception] of before ?? []) {
    if (!after?.has(key)) return `Cohort ${cohortNo} ${tell(exception)}, which is not so when it is settled again.`;
  }
  return undefined;
}

const keyed = ({ kind, source, productId, error, plans }: Exception): string =>
  `${kind} ${source} ${productId} ${error} ${plans?.join() ?? ''}`;

function tell({ kind, source, productId, error, plans }: Exception): string {
  const what = `${plans?.length ? `plans ${plans.join(', ')} of ` : ''}product ${productId}`;
  const from = source === direct ? 'assigned directly' : `from group ${source}`;
  const verbs = { missing: 'lacks', kept: 'keeps', flawed: 'has with an error' } as const;
  return `${verbs[kind]} ${what} ${from} (${error})`;
}
