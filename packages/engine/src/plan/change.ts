import type { CohortState, Facts } from '../cohort/facts.ts';
import type { World } from '../cohort/world.ts';
import type { ProductId } from '../ids.ts';

/** The number of a cohort in its tenant's store. */
export type CohortNo = number;
/** The number of a user in its tenant, in the order of (createdDateTime, id): L-14. */
export type UserNo = number;

export interface LoadedCohort {
  readonly cohortNo: CohortNo;
  readonly members: number;
  /** true: all its members are settled again; false: only a movement starts here, the others stay as they are. */
  readonly concerned: boolean;
  readonly state: CohortState;
}

/**
 * `count` users of a cohort get these facts. `from` undefined: users who were in no cohort yet. `facts` undefined: users who
 * leave (deleted). `movementNo` names the users to whoever applies the plan.
 */
export interface Movement {
  readonly movementNo: number;
  readonly from: CohortNo | undefined;
  readonly facts: Facts | undefined;
  readonly count: number;
}

export interface Seats {
  /** Usable seats (L-12) before the change and after it. */
  readonly usableBefore: number;
  readonly usable: number;
  /** Users who hold one, before the change (L-01). */
  readonly consumed: number;
}

/** Everything that planning one change needs to know. */
export interface Change {
  readonly before: World;
  readonly after: World;
  readonly seats: ReadonlyMap<ProductId, Seats>;
  /** Every cohort that the change concerns or that a movement starts from. */
  readonly cohorts: readonly LoadedCohort[];
  readonly movements: readonly Movement[];
  /** Products of which every cohort with a missing assignment is among `cohorts`, and concerned. */
  readonly loadedWaiting: ReadonlySet<ProductId>;
  /** false: those who wait are not looked at when seats become free (L-16, `autoResolve`). */
  readonly reactToSeats: boolean;
}

/** The line of L-14 for the users who compete: user and number of the contending unit, in order. */
export interface Line {
  readonly userNos: ArrayLike<UserNo>;
  readonly units: ArrayLike<number>;
}
