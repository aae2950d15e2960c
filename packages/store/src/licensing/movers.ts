import type { Handle } from '../handle.ts';
import { type Comparison, type GroupMovement, nameGroupMovements } from './group-movements.ts';

/**
 * Who a movement is. Users are listed (few), or are those by which memberships and facts differ (many, named in a temporary
 * table only when somebody has to be told apart), or are all members of a cohort that nobody else names.
 */
export interface Movers {
  /** User numbers by movement. */
  readonly listed: ReadonlyMap<number, readonly number[]>;
  readonly compared: Comparison;
  readonly byGroups: readonly { readonly movementNo: number; readonly movement: GroupMovement }[];
  /** Movements of whole cohorts, by movement. */
  readonly wholes: ReadonlyMap<number, number>;
}

/** Makes sure that the temporary table `moving` exists in this transaction, empty when no group is compared. */
export async function nameMovers(
  trx: Handle,
  tenantId: string,
  movers: Movers,
  named: { done: boolean },
): Promise<void> {
  if (named.done || !movers.byGroups.length) return;
  await nameGroupMovements(trx, tenantId, movers.compared, movers.byGroups);
  named.done = true;
}
