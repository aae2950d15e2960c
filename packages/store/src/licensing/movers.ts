import type { CohortNo } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints } from './array-literals.ts';
import { joinUserNos, userNoArray, type UserNos } from './user-nos.ts';

/** `count` users of a cohort of whom a comparison of the directory with the cohorts says the same. */
export interface ComparedMovement {
  readonly from: CohortNo;
  readonly gainedMask: number;
  readonly lostMask: number;
  readonly count: number;
  /** Undefined: not named yet. */
  readonly users: UserNos | undefined;
}

/** Who a movement is. Users are listed (few), found by a comparison (many), or are all members of a cohort that nobody else names. */
export interface Movers {
  /** User numbers by movement. */
  readonly listed: ReadonlyMap<number, readonly number[]>;
  readonly compared?: {
    /** Rows (user_no, cohort_id, gained, lost). Only true before cohorts are revised. */
    readonly differing: RawBuilder<unknown>;
    /** By movement. */
    readonly movements: ReadonlyMap<number, ComparedMovement>;
  };
  /** Cohorts by movement. */
  readonly wholes: ReadonlyMap<number, CohortNo>;
}

/** Users of a movement, or those of a cohort that no movement names. */
export type Who =
  | { readonly movementNo: number }
  | { readonly movementNo: undefined; readonly restOf: CohortNo | undefined };

/** Names users, each movement and each rest once, and only those asked for: most movements are applied without a name. */
export class NamedUsers {
  readonly #trx: Handle;
  readonly #tenantId: string;
  readonly #movers: Movers;
  readonly #ofMovement = new Map<number, UserNos>();
  readonly #restOf = new Map<CohortNo, UserNos>();

  constructor(trx: Handle, tenantId: string, movers: Movers) {
    [this.#trx, this.#tenantId, this.#movers] = [trx, tenantId, movers];
    for (const [movementNo, userNos] of movers.listed) this.#ofMovement.set(movementNo, userNos.join());
    for (const [movementNo, { users }] of movers.compared?.movements ?? []) {
      if (users !== undefined) this.#ofMovement.set(movementNo, users);
    }
  }

  /** In two statements at most, whoever is asked for. */
  async name(wanted: readonly Who[]): Promise<void> {
    const rest = new Set<CohortNo>();
    const compared = new Set<number>();
    for (const who of wanted) {
      const cohortNo = this.#cohortOf(who);
      if (cohortNo !== undefined) {
        if (!this.#restOf.has(cohortNo)) rest.add(cohortNo);
      } else if (who.movementNo !== undefined && !this.#ofMovement.has(who.movementNo)) compared.add(who.movementNo);
    }
    for (const [movementNo, { from }] of this.#movers.compared?.movements ?? []) {
      if (rest.has(from) && !this.#ofMovement.has(movementNo)) compared.add(movementNo);
    }
    if (compared.size) await this.#nameCompared(compared);
    if (rest.size) await this.#nameRest(rest);
  }

  /** @throws Error when they were not named before */
  users(who: Who): UserNos {
    const cohortNo = this.#cohortOf(who);
    const users = cohortNo === undefined ? this.#ofMovement.get(who.movementNo ?? -1) : this.#restOf.get(cohortNo);
    if (users === undefined) throw new Error(`nobody said who ${JSON.stringify(who)} is`);
    return users;
  }

  #cohortOf(who: Who): CohortNo | undefined {
    return who.movementNo === undefined ? who.restOf : this.#movers.wholes.get(who.movementNo);
  }

  async #nameCompared(movementNos: ReadonlySet<number>): Promise<void> {
    const { compared } = this.#movers;
    if (!compared) throw new Error('movements are to be named, and nothing was compared');
    const asked = [...movementNos].flatMap((movementNo) => {
      const movement = compared.movements.get(movementNo);
      return movement ? [{ movementNo, ...movement }] : [];
    });
    const { rows } = await sql<{ from: CohortNo; gained: number; lost: number; users: UserNos }>`
      select cohort_id as "from", gained, lost, array_to_string(array_agg(user_no), ',') as users
      from (${compared.differing}) as d
      where cohort_id = any(${bigints(asked.map(({ from }) => from))})
      group by cohort_id, gained, lost
    `.execute(this.#trx);
    const users = new Map(rows.map((row) => [`${row.from}|${row.gained}|${row.lost}`, row.users]));
    for (const { movementNo, from, gainedMask, lostMask } of asked) {
      this.#ofMovement.set(movementNo, users.get(`${from}|${gainedMask}|${lostMask}`) ?? '');
    }
  }

  async #nameRest(cohortNos: ReadonlySet<CohortNo>): Promise<void> {
    const others = joinUserNos([
      ...[...this.#movers.listed.values()].map((userNos) => userNos.join()),
      ...[...(this.#movers.compared?.movements ?? [])].flatMap(([movementNo, { from }]) =>
        cohortNos.has(from) ? (this.#ofMovement.get(movementNo) ?? '') : [],
      ),
    ]);
    const { rows } = await sql<{ cohortNo: CohortNo; users: UserNos }>`
      select uc.cohort_id as "cohortNo", array_to_string(array_agg(uc.user_no), ',') as users
      from allot.user_cohort uc
      where uc.tenant_id = ${this.#tenantId} and uc.cohort_id = any(${bigints([...cohortNos])})
        and not exists (select from unnest(${userNoArray(others)}) as named (user_no) where named.user_no = uc.user_no)
      group by uc.cohort_id
    `.execute(this.#trx);
    for (const cohortNo of cohortNos) this.#restOf.set(cohortNo, '');
    for (const { cohortNo, users } of rows) this.#restOf.set(cohortNo, users);
  }
}
