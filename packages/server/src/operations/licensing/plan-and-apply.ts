import {
  type Catalogue,
  type Change,
  draftPlan,
  finishPlan,
  gainsMailbox,
  type LoadedCohort,
  type Movement,
  type Plan,
  type Seats,
  type World,
} from '@allot/engine';
import {
  type Activity,
  applyPlan,
  type CohortSelection,
  type Handle,
  loadCohorts,
  loadLine,
  type Movers,
  NamedUsers,
  noteMailboxes,
  noteRulesOverPlans,
  type StoredCohort,
  wakeForGroupDeletions,
} from '@allot/store';

/** What a change is about; see `Change` of the engine. */
export interface ChangeScope {
  readonly before: World;
  readonly after: World;
  readonly seats: ReadonlyMap<string, Seats>;
  /** Cohorts whose members are all settled again. */
  readonly concerned: readonly CohortSelection[];
  readonly movements: readonly Movement[];
  readonly movers: Movers;
  readonly reactToSeats: boolean;
  /** Cohorts that whoever made the movements has loaded already. */
  readonly loaded?: readonly StoredCohort[];
}

export interface Planned {
  readonly plan: Plan;
  readonly names: NamedUsers;
  /** After the change. */
  readonly catalogue: Catalogue;
}

/**
 * The one way of every change of licenses: loads what the decision depends on, asks the engine, and loads more while the
 * change reaches further through seats. Nothing is written: a preview ends here.
 */
export async function planChange(trx: Handle, tenantId: string, scope: ChangeScope): Promise<Planned> {
  const cohorts = new Map<number, LoadedCohort>();
  const load = async (selection: CohortSelection, concerned: boolean) => {
    for (const cohort of await loadCohorts(trx, tenantId, selection)) {
      if (concerned || !cohorts.has(cohort.cohortNo)) cohorts.set(cohort.cohortNo, { ...cohort, concerned });
    }
  };
  for (const cohort of scope.loaded ?? []) cohorts.set(cohort.cohortNo, { ...cohort, concerned: false });
  const from = [...new Set(scope.movements.flatMap((movement) => movement.from ?? []))].filter(
    (no) => !cohorts.has(no),
  );
  if (from.length) await load({ by: 'number', cohortNos: from }, false);
  for (const selection of scope.concerned) await load(selection, true);

  const names = new NamedUsers(trx, tenantId, scope.movers);
  const loadedWaiting = new Set<string>();
  for (;;) {
    const change: Change = { ...scope, cohorts: [...cohorts.values()], loadedWaiting };
    const draft = draftPlan(change);
    const plan =
      draft.needs.length > 0
        ? { kind: 'needs' as const, products: draft.needs }
        : finishPlan(draft, await loadLine(trx, tenantId, draft, names));
    if (plan.kind === 'plan') return { plan, names, catalogue: scope.after.catalogue };
    await load({ by: 'missing', productIds: plan.products }, true);
    for (const productId of plan.products) loadedWaiting.add(productId);
  }
}

/** Writes exactly what was planned, and notes who gets mail attributes by it (L-30), and whom rules over licenses
 * must look at. Returns the number of the change. */
export async function applyPlanned(
  trx: Handle,
  tenantId: string,
  { plan, names, catalogue }: Planned,
  change: { readonly correlationId: string; readonly activity: Activity },
): Promise<number> {
  const gaining = plan.parts.filter((part) => gainsMailbox(part, catalogue));
  await noteMailboxes(trx, tenantId, gaining, names, change.correlationId);
  const { changeId, cohortNos } = await applyPlan(trx, tenantId, plan, names, change);
  await noteRulesOverPlans(trx, tenantId, cohortNos, change.correlationId);
  // A group that is to be deleted waits until nobody keeps a license of it (L-25), which may be so now.
  if (plan.sources.some(({ state }) => state.exceptions.some(({ kind }) => kind === 'kept')))
    await wakeForGroupDeletions(trx, tenantId);
  return changeId;
}

/** Seats as they are, when the change itself does not alter how many there are. */
export const unchangedSeats = (seats: ReadonlyMap<string, { usable: number; consumed: number }>): Map<string, Seats> =>
  new Map(
    [...seats].map(([productId, { usable, consumed }]) => [productId, { usableBefore: usable, usable, consumed }]),
  );
