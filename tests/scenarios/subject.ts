import type { Action, ExpectedGroup } from './scenario.ts';

/** A tenant on which scenarios run: the engine alone, the operations on PostgreSQL, or a server over HTTP. */
export interface Subject {
  /** @returns the text with which it was refused; undefined: it was not */
  perform(action: Action): Promise<string | undefined>;
  /** Until everything accepted is settled. */
  settle(): Promise<void>;
  /** What everybody has now. */
  shown(): Promise<Shown>;
  /** Who waits for a product, in order. */
  waiting(productId: string): Promise<readonly Waiting[]>;
  /** Sentences by product and source (L-28). */
  readonly explain?: (user: string) => Promise<ReadonlyMap<string, string>>;
  readonly groupState?: (group: string) => Promise<ExpectedGroup>;
  /** Users in error by product and error, and the names of the members in error. */
  readonly groupErrors?: (
    group: string,
  ) => Promise<{ counts: ReadonlyMap<string, number>; members: readonly string[] }>;
  /** Proxy addresses of a user. */
  readonly addresses?: (user: string) => Promise<readonly string[]>;
  /** Plans that the user has no more, with their status (L-20). */
  readonly lost?: (user: string) => Promise<ReadonlyMap<string, string>>;
  /** What the user had at an instant (L-31). */
  readonly had?: (user: string, at: Date) => Promise<readonly ShownEntry[]>;
  /** What was recorded since it was asked last: `ACTIVITY: TARGET`. */
  readonly audit?: () => Promise<string[]>;
}

export interface Shown {
  readonly users: ReadonlyMap<string, ShownUser>;
  /** By product. */
  readonly seats: ReadonlyMap<string, { readonly consumed: number; readonly usable: number }>;
}

export interface Waiting {
  readonly user: string;
  readonly position: number;
}

export interface ShownUser {
  readonly entries: readonly ShownEntry[];
  /** Product → plans in force, of all sources together. */
  readonly licenses: ReadonlyMap<string, readonly string[]>;
  /** All plans that are on (L-02). */
  readonly plans: readonly string[];
}

export interface ShownEntry {
  readonly productId: string;
  /** `direct`, or the name of a group. */
  readonly source: string;
  readonly state: string;
  readonly error: string;
  /** Plans in force of this entry alone, where that is shown. */
  readonly inForce?: readonly string[];
}
