import type { CheckDifference } from '@allot/contract';
import type { ProductId, World } from '@allot/engine';
import type { Differences, Handle, KeyedCohort, PendingWork, TenantSettings, NamedUser } from '@allot/store';

/** What checks compare with; read afresh, not from what the process has prepared. */
export interface CheckScope {
  /** One read-only snapshot. */
  readonly db: Handle;
  readonly tenant: TenantSettings;
  /** As settled. */
  readonly world: World;
  readonly pending: PendingWork;
  /** Seats by product: usable (L-12), and held as counted again (L-01). */
  readonly seats: ReadonlyMap<ProductId, { readonly usable: number; readonly held: number }>;
}

/** How many differences there are, exactly, and the first of them. */
export interface Found {
  readonly count: number;
  readonly differences: readonly CheckDifference[];
}

/** A check of the tenant as a whole, in SQL. */
export interface TenantCheck {
  /** Stable: scripts may look for it. */
  readonly name: string;
  /** What must hold. */
  readonly claim: string;
  find(scope: CheckScope): Promise<Found>;
}

/** A check of each cohort by itself, by the engine. */
export interface CohortCheck {
  readonly name: string;
  readonly claim: string;
  /** A sentence about what is not as it must be; undefined: nothing. */
  look(cohort: KeyedCohort, scope: CheckScope): string | undefined;
}

/** Rows of the store as differences. */
export async function foundIn<Row>(
  differences: Promise<Differences<Row>>,
  tell: (row: Row) => CheckDifference,
): Promise<Found> {
  const { count, rows } = await differences;
  return { count, differences: rows.map((row) => tell(row)) };
}

/** The ids of a user; the number alone where the directory knows no such user. */
export const userIds = ({ userNo, userId }: NamedUser): CheckDifference['ids'] =>
  userId === null ? { userNo } : { userId, userNo };

export const userName = ({ userNo, userId }: NamedUser): string =>
  userId === null ? `User number ${userNo}` : `User ${userId}`;
