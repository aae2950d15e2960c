import type { CohortState, Facts, Held, Movement } from '@allot/engine';
import { type DerivedFacts, deriveFacts, type FactSources, type Handle, loadCohorts } from '@allot/store';

export interface ListedMovements {
  readonly movements: readonly Movement[];
  readonly listed: ReadonlyMap<number, readonly number[]>;
}

export interface ListOptions {
  /** Settle users again even if their facts are what they were (L-17). */
  readonly always: boolean;
  readonly movementNoFirst: number;
  /** Replaces direct assignments: a direct change of these users. */
  readonly direct?: Facts['direct'];
}

/** Derives the facts of users from the directory and groups those who start and end alike into movements. */
export async function listMovements(
  trx: Handle,
  tenantId: string,
  userNos: readonly number[],
  sources: FactSources,
  options: ListOptions,
): Promise<ListedMovements> {
  if (!userNos.length) return { movements: [], listed: new Map() };
  const derived = await deriveFacts(trx, tenantId, userNos, sources);
  const cohortNos = [...new Set(derived.flatMap(({ from }) => from ?? []))];
  const cohorts = await loadCohorts(trx, tenantId, { by: 'number', cohortNos });
  const states = new Map(cohorts.map(({ cohortNo, state }) => [cohortNo, state]));

  const alike = new Map<string, Alike>();
  for (const row of derived) {
    const state = row.from === null ? undefined : states.get(row.from);
    const facts = factsOf(row, state, options.direct);
    if (!facts && !state) continue;
    if (facts && state && !options.always && sameFacts(facts, state.facts)) continue;
    // A user who is in a cohort has what the cohort says, also if it was deleted a moment ago.
    const restored = facts && !state ? (row.savedHeld ?? []) : [];
    const key = `${row.from}|${facts ? JSON.stringify([facts, restored]) : ''}`;
    const known = alike.get(key);
    if (known) known.userNos.push(row.userNo);
    else alike.set(key, { from: row.from ?? undefined, facts, restored, userNos: [row.userNo] });
  }

  const entries = [...alike.values()].map((entry, i) => ({ ...entry, movementNo: options.movementNoFirst + i }));
  return {
    movements: entries.map(({ movementNo, from, facts, restored, userNos: { length } }) => ({
      movementNo,
      from,
      facts,
      count: length,
      ...(restored.length ? { restored } : {}),
    })),
    listed: new Map(entries.map((entry) => [entry.movementNo, entry.userNos])),
  };
}

/** Users who start and end alike. */
interface Alike {
  readonly from: number | undefined;
  readonly facts: Facts | undefined;
  readonly restored: readonly Held[];
  readonly userNos: number[];
}

const factsOf = (
  row: DerivedFacts,
  state: CohortState | undefined,
  direct: Facts['direct'] | undefined,
): Facts | undefined =>
  row.gone
    ? undefined
    : {
        place: row.place,
        sharesAddress: row.sharesAddress,
        direct: direct ?? state?.facts.direct ?? row.savedDirect ?? [],
        groups: row.groups,
      };

const sameFacts = (a: Facts, b: Facts): boolean => a === b || JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));

const ordered = ({ place, sharesAddress, direct, groups }: Facts) => [
  place,
  sharesAddress,
  direct.map(({ productId, disabledPlans }) => [productId, disabledPlans]),
  groups,
];
