import type { Converted } from '../cohort/convert-kept.ts';
import type { CohortState, Facts } from '../cohort/facts.ts';
import type { Held } from '../cohort/restore.ts';
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
  /** What these users have of groups that go, and have directly from now on, as `facts` says (L-25). */
  readonly converted?: readonly Converted[];
  /**
   * One user who was deleted and is in no cohort: what it held. Whatever of it passes today's checks is in force before anything else is
   * tried. At most one movement of a change says so: a seat that is free serves one user.
   */
  readonly restored?: readonly Held[];
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
