import { type CohortState, keyOf } from '../cohort/facts.ts';
import type { Entry } from '../cohort/outcome.ts';
import type { CohortNo, LoadedCohort } from './change.ts';
import type { Unit } from './unit.ts';

/** Users of a unit who end in one state. `userNos` undefined: all of the unit. `state` undefined: in no cohort any more. */
export interface Part {
  readonly unit: Unit;
  readonly count: number;
  readonly userNos: Float64Array | undefined;
  readonly state: CohortState | undefined;
  /** What they have then, with the reasons. */
  readonly entries: readonly Entry[];
}

/** Which users of a cohort change their pointer: those of a movement, those listed, or those no movement names. */
export type Selector =
  | { readonly kind: 'movement'; readonly movementNo: number }
  | { readonly kind: 'users'; readonly userNos: Float64Array }
  | { readonly kind: 'rest' };

export interface Move {
  readonly from: CohortNo | undefined;
  readonly selector: Selector;
  readonly count: number;
  /** Key of the state moved to; undefined: out of every cohort. */
  readonly to: string | undefined;
}

/** A cohort whose remaining members change together, without one of them being touched. */
export interface Revision {
  readonly cohort: LoadedCohort;
  readonly state: CohortState;
  readonly key: string;
}

export interface Arrangement {
  readonly moves: readonly Move[];
  readonly revisions: readonly Revision[];
  /** The states that moves lead to, by key. */
  readonly targets: ReadonlyMap<string, CohortState>;
}

/**
 * Turns "these users end in that state" into the fewest pointers moved: of each cohort the largest part stays where it
 * is and the cohort itself is revised; the others move.
 */
export function arrange(parts: readonly Part[]): Arrangement {
  const moves: Move[] = [];
  const revisions: Revision[] = [];
  const targets = new Map<string, CohortState>();
  const move = (part: Part, key: string | undefined) => {
    moves.push({ from: part.unit.cohort?.cohortNo, selector: selectorOf(part), count: part.count, to: key });
    if (key !== undefined && part.state) targets.set(key, part.state);
  };
  // Most cohorts end as they were: they need no key.
  const changed = parts.filter(
    (part) => !part.state || part.state !== part.unit.cohort?.state || part.count !== part.unit.cohort.members,
  );
  const keyed = changed.map((part) => ({ part, key: part.state && keyOf(part.state) }));
  const byCohort = Map.groupBy(keyed, ({ part }) => part.unit.cohort);
  for (const [cohort, own] of byCohort) {
    const staying = cohort && stayingState(cohort, own);
    for (const { part, key } of own) if (key === undefined || key !== staying?.key) move(part, key);
    if (cohort && staying && !sameState(cohort.state, staying.state)) {
      revisions.push({ cohort, state: staying.state, key: staying.key });
    }
  }
  return { moves, revisions, targets };
}

/** The state that most members of the cohort end in. Members that nobody settled keep the state of the cohort. */
function stayingState(
  cohort: LoadedCohort,
  own: readonly { readonly part: Part; readonly key: string | undefined }[],
): { key: string; state: CohortState } | undefined {
  const counts = new Map<string, { state: CohortState; count: number }>();
  let unsettled = cohort.members;
  for (const { part, key } of own) {
    unsettled -= part.count;
    if (key === undefined || !part.state) continue;
    const known = counts.get(key);
    if (known) known.count += part.count;
    else counts.set(key, { state: part.state, count: part.count });
  }
  // Unsettled members cannot be moved by name, so where there are any, the cohort stays what it is.
  if (unsettled > 0) return { key: keyOf(cohort.state), state: cohort.state };
  let best: { key: string; state: CohortState; count: number } | undefined;
  for (const [key, { state, count }] of counts) if (!best || count > best.count) best = { key, state, count };
  return best;
}

const selectorOf = ({ unit, userNos }: Part): Selector =>
  userNos
    ? { kind: 'users', userNos }
    : unit.movementNo === undefined
      ? { kind: 'rest' }
      : { kind: 'movement', movementNo: unit.movementNo };

const sameState = (a: CohortState, b: CohortState): boolean => a === b || (keyOf(a) === keyOf(b) && sameFlaws(a, b));

const flawsOf = ({ exceptions }: CohortState): string =>
  exceptions.flatMap((e) => (e.kind === 'flawed' ? `${e.source}${e.productId}${e.error}` : [])).join();

const sameFlaws = (a: CohortState, b: CohortState): boolean => flawsOf(a) === flawsOf(b);
