import type { Handle } from '../handle.ts';
import { type Comparison, type GroupMovement, nameGroupMovements, several } from './group-movements.ts';
import { type MovedPlaces, namePlaceMovements, type PlaceMovement } from './place-movements.ts';

/**
 * Who a movement is. Users are listed (few), or are those by which memberships or places and facts differ (many, named in a
 * temporary table only when somebody has to be told apart), or are all members of a cohort that nobody else names.
 */
export interface Movers {
  /** User numbers by movement. */
  readonly listed: ReadonlyMap<number, readonly number[]>;
  readonly compared: Comparison;
  readonly byGroups: readonly { readonly movementNo: number; readonly movement: GroupMovement }[];
  /** When countries change their place; then no group is compared. */
  readonly byPlaces?: {
    readonly moved: MovedPlaces;
    readonly movements: readonly { readonly movementNo: number; readonly movement: PlaceMovement }[];
  };
  /** Movements of whole cohorts, by movement. */
  readonly wholes: ReadonlyMap<number, number>;
}

/** What tells movements apart in the temporary table. */
export interface TabledMovement {
  readonly from: number;
  readonly gainedMask: number;
  readonly lostMask: number;
}

/** The movements whose users are named in the temporary table, by number. */
export const tabledMovements = ({ byGroups, byPlaces }: Movers): Map<number, TabledMovement> =>
  new Map([...byGroups, ...(byPlaces?.movements ?? [])].map(({ movementNo, movement }) => [movementNo, movement]));

/** Makes sure that the temporary table `moving` exists in this transaction, unless no movement needs it. */
export async function nameMovers(
  trx: Handle,
  tenantId: string,
  { byGroups, byPlaces, compared }: Movers,
  named: { done: boolean },
): Promise<void> {
  if (named.done) return;
  if (byPlaces?.movements.length) await namePlaceMovements(trx, tenantId, byPlaces.moved);
  // Counting several groups named their users already.
  else if (byGroups.length && !several(compared)) await nameGroupMovements(trx, tenantId, compared);
  named.done = true;
}
