import assert from 'node:assert/strict';
import {
  type Change,
  type CohortNo,
  type CohortState,
  type Draft,
  draftPlan,
  entriesOf,
  type Facts,
  finishPlan,
  keyOf,
  type Line,
  type LoadedCohort,
  type Move,
  type Movement,
  type Plan,
  type ProductId,
  type Seats,
  type UserNo,
  type World,
} from '@allot/engine';

export interface MemoryCohort {
  readonly cohortNo: CohortNo;
  key: string;
  state: CohortState;
  members: number;
}

/** What a change is about: who gets which facts, and which cohorts are settled again. */
export interface Scope {
  readonly before: World;
  readonly after: World;
  readonly seats: ReadonlyMap<ProductId, Seats>;
  readonly concerned: (state: CohortState) => boolean;
  /** Users who get these facts; undefined: they are deleted. Those who start and end alike become one movement. */
  readonly moved: ReadonlyMap<UserNo, Facts | undefined>;
}

export interface Planned {
  readonly scope: Scope;
  readonly plan: Plan;
  readonly movers: ReadonlyMap<number, readonly UserNo[]>;
}

interface Waiting {
  readonly since: number;
  readonly products: ReadonlySet<ProductId>;
}

/**
 * What PostgreSQL keeps of licensing, in maps: cohorts, a pointer per user, who waits since when, and seats consumed. Plans are made
 * and applied step by step as the server and the store do it, so that the engine can be tried on thousands of histories.
 */
export class MemoryCohorts {
  readonly consumed = new Map<ProductId, number>();
  readonly #cohorts = new Map<CohortNo, MemoryCohort>();
  readonly #pointers = new Map<UserNo, CohortNo>();
  readonly #waiting = new Map<UserNo, Waiting>();
  #cohortNoLast = 0;

  get cohorts(): MemoryCohort[] {
    return [...this.#cohorts.values()];
  }

  get userNos(): UserNo[] {
    return [...this.#pointers.keys()];
  }

  stateOf(userNo: UserNo): CohortState | undefined {
    return this.#cohorts.get(this.#pointers.get(userNo) ?? -1)?.state;
  }

  /** As planChange of the server: loads, asks the engine, and loads more while the change reaches further through seats. */
  plan(scope: Scope): Planned {
    const { movements, movers } = this.#movements(scope.moved);
    const concerned = new Set(this.cohorts.flatMap(({ cohortNo, state }) => (scope.concerned(state) ? cohortNo : [])));
    const started = new Set(movements.map(({ from }) => from));
    const loadedWaiting = new Set<ProductId>();
    for (;;) {
      const loaded = this.cohorts.filter(({ cohortNo }) => concerned.has(cohortNo) || started.has(cohortNo));
      const cohorts = loaded.map(
        ({ cohortNo, members, state }): LoadedCohort => ({
          cohortNo,
          members,
          state,
          concerned: concerned.has(cohortNo),
        }),
      );
      const change: Change = { ...scope, cohorts, movements, loadedWaiting, reactToSeats: true };
      const draft = draftPlan(change);
      const plan =
        draft.needs.length > 0
          ? { kind: 'needs' as const, products: draft.needs }
          : finishPlan(draft, this.#line(draft, movers));
      if (plan.kind === 'plan') return { scope, plan, movers };
      for (const { cohortNo, state } of this.cohorts) if (misses(state, plan.products)) concerned.add(cohortNo);
      for (const productId of plan.products) {
        assert.ok(!loadedWaiting.has(productId), `who waits for ${productId} is asked for twice`);
        loadedWaiting.add(productId);
      }
    }
  }

  /** As applyPlan of the store. @param now the time of the change */
  apply({ plan, movers }: Planned, now: number): void {
    for (const { cohort, state, key } of plan.revisions) Object.assign(this.#cohort(cohort.cohortNo), { state, key });
    const targets = new Map([...plan.targets].map(([key, state]) => [key, this.#target(key, state)]));
    const moves = plan.moves.map((move) => ({
      move,
      userNos: this.#usersOf(move, movers),
      to: move.to === undefined ? undefined : targets.get(move.to),
    }));
    for (const { move, userNos, to } of moves) {
      assert.equal(userNos.length, move.count, 'a move names as many users as it counts');
      if (move.from !== undefined) this.#cohort(move.from).members -= move.count;
      if (to !== undefined) this.#cohort(to).members += move.count;
      for (const userNo of userNos) {
        if (to === undefined) this.#pointers.delete(userNo);
        else this.#pointers.set(userNo, to);
      }
    }
    for (const [productId, by] of plan.consumedChange) {
      this.consumed.set(productId, (this.consumed.get(productId) ?? 0) + by);
    }
    this.#updateWaiting(now);
    for (const { cohortNo, members } of this.cohorts) if (members === 0) this.#cohorts.delete(cohortNo);
  }

  /** The users of each part of a plan that is not applied yet. */
  usersOfParts({ plan, movers }: Planned): UserNo[][] {
    return plan.parts.map(({ unit, userNos }) => [...(userNos ?? this.#usersOfUnit(unit, movers))]);
  }

  /** The waiting line of a product as the store reads it (L-14). */
  waiting(productId: ProductId, world: World): { userNo: UserNo; priority: number }[] {
    const inLine = [...this.#waiting].filter(([, { products }]) => products.has(productId));
    return inLine
      .map(([userNo, { since }]) => ({ userNo, since, priority: this.#askingPriority(userNo, world) }))
      .toSorted((a, b) => a.priority - b.priority || a.since - b.since || a.userNo - b.userNo)
      .map(({ userNo, priority }) => ({ userNo, priority }));
  }

  /** Invariant "counts agree": what is counted as it goes along equals a recount. */
  assertCountsAgree(world: World): void {
    const members = Map.groupBy(this.#pointers.values(), (cohortNo) => cohortNo);
    assert.equal(members.size, this.#cohorts.size, 'every cohort has members');
    for (const { cohortNo, key, state, members: count } of this.cohorts) {
      assert.equal(count, members.get(cohortNo)?.length, `the members of cohort ${cohortNo} are counted`);
      assert.equal(key, keyOf(state));
    }
    const consumed = new Map<ProductId, number>();
    for (const { state, members: count } of this.cohorts) {
      const held = entriesOf(state, world).flatMap(({ productId, inForce }) => (inForce ? productId : []));
      for (const productId of new Set(held)) consumed.set(productId, (consumed.get(productId) ?? 0) + count);
    }
    assert.deepEqual(new Map([...this.consumed].filter(([, count]) => count !== 0)), consumed);
  }

  #movements(moved: ReadonlyMap<UserNo, Facts | undefined>) {
    const alike = Map.groupBy(
      [...moved],
      ([userNo, facts]) => `${this.#pointers.get(userNo)} ${JSON.stringify(facts)}`,
    );
    const movements: Movement[] = [];
    const movers = new Map<number, readonly UserNo[]>();
    for (const users of alike.values()) {
      const [first] = users;
      if (!first) continue;
      const movementNo = movements.length;
      movements.push({ movementNo, from: this.#pointers.get(first[0]), facts: first[1], count: users.length });
      movers.set(
        movementNo,
        users.map(([userNo]) => userNo),
      );
    }
    return { movements, movers };
  }

  #line(draft: Draft, movers: Planned['movers']): Line {
    const users = draft.units
      .filter((unit) => unit.contends)
      .flatMap((unit) => {
        const userNos = this.#usersOfUnit(unit, movers);
        assert.equal(userNos.length, unit.count, 'a unit has as many users as it counts');
        return userNos.map((userNo) => ({ userNo, unit, since: this.#waiting.get(userNo)?.since ?? Infinity }));
      })
      .toSorted(
        (a, b) => compare(a.unit.priority, b.unit.priority) || compare(a.since, b.since) || a.userNo - b.userNo,
      );
    return { userNos: users.map(({ userNo }) => userNo), units: users.map(({ unit }) => unit.unitNo) };
  }

  #usersOf({ from, selector }: Move, movers: Planned['movers']): readonly UserNo[] {
    if (selector.kind === 'users') return [...selector.userNos];
    const movementNo = selector.kind === 'movement' ? selector.movementNo : undefined;
    return this.#usersOfUnit({ movementNo, cohort: { cohortNo: from ?? -1 } }, movers);
  }

  #usersOfUnit(
    { movementNo, cohort }: { movementNo: number | undefined; cohort: { cohortNo: CohortNo } | undefined },
    movers: Planned['movers'],
  ): readonly UserNo[] {
    if (movementNo !== undefined) return movers.get(movementNo) ?? [];
    const named = new Set([...movers.values()].flat());
    return [...this.#pointers].flatMap(([userNo, at]) => (at === cohort?.cohortNo && !named.has(userNo) ? userNo : []));
  }

  #target(key: string, state: CohortState): CohortNo {
    const known = this.cohorts.find((cohort) => cohort.key === key && cohort.members > 0);
    if (known) {
      assert.deepEqual(known.state.exceptions, state.exceptions, 'cohorts with the same key have the same flaws');
      return known.cohortNo;
    }
    const cohortNo = ++this.#cohortNoLast;
    this.#cohorts.set(cohortNo, { cohortNo, key, state, members: 0 });
    return cohortNo;
  }

  #cohort(cohortNo: CohortNo): MemoryCohort {
    const cohort = this.#cohorts.get(cohortNo);
    assert.ok(cohort, `there is a cohort ${cohortNo}`);
    return cohort;
  }

  #updateWaiting(now: number): void {
    for (const userNo of this.#waiting.keys()) if (!this.#pointers.has(userNo)) this.#waiting.delete(userNo);
    for (const userNo of this.#pointers.keys()) {
      const products = this.stateOf(userNo)?.exceptions.flatMap((e) =>
        e.error === 'CountViolation' ? e.productId : [],
      );
      if (!products?.length) this.#waiting.delete(userNo);
      else this.#waiting.set(userNo, { since: this.#waiting.get(userNo)?.since ?? now, products: new Set(products) });
    }
  }

  #askingPriority(userNo: UserNo, world: World): number {
    const asking = this.stateOf(userNo)?.exceptions.filter(({ error }) => error === 'CountViolation') ?? [];
    return Math.min(...asking.map(({ source }) => world.bundles.get(source)?.data.priority ?? Infinity));
  }
}

const misses = ({ exceptions }: CohortState, products: readonly ProductId[]): boolean =>
  exceptions.some(({ kind, plans, productId }) => kind === 'missing' && plans === null && products.includes(productId));

/** Infinity equals Infinity, which a subtraction would not say. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
