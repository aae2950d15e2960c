import type { Move } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { notNamed } from './load-line.ts';
import { bigints } from './array-literals.ts';
import { type Movers, type TabledMovement, tabledMovements } from './movers.ts';

export interface PointerMove extends Move {
  /** Undefined: the pointer goes. */
  readonly toNo: number | undefined;
}

/**
 * Moves pointers, one statement for each way of naming users, each writing the history in the same breath. "The rest" of a cohort
 * goes first: it is who points there and is not named, and others may arrive there afterwards.
 */
export async function movePointers(
  trx: Handle,
  tenantId: string,
  moves: readonly PointerMove[],
  movers: Movers,
  changeId: number,
): Promise<void> {
  const rest: PointerMove[] = [];
  const tabled: { movement: TabledMovement; toNo: number | undefined }[] = [];
  const movements = tabledMovements(movers);
  const listed: { userNo: number; from: number | undefined; toNo: number | undefined }[] = [];
  for (const move of moves) {
    const { selector, from, toNo } = move;
    if (selector.kind === 'users') for (const userNo of selector.userNos) listed.push({ userNo, from, toNo });
    else if (selector.kind === 'rest' || movers.wholes.has(selector.movementNo)) rest.push(move);
    else if (movers.listed.has(selector.movementNo)) {
      for (const userNo of movers.listed.get(selector.movementNo) ?? []) listed.push({ userNo, from, toNo });
    } else {
      const movement = movements.get(selector.movementNo);
      if (!movement) throw new Error(`nobody says who movement ${selector.movementNo} is`);
      tabled.push({ movement, toNo });
    }
  }
  if (rest.length) {
    await moveNamed(
      trx,
      tenantId,
      changeId,
      sql`
      select uc.user_no, uc.cohort_id as from_no, t.to_no
      from unnest(${bigints(rest.map((r) => r.from))}, ${bigints(rest.map((r) => r.toNo))}) as t (from_no, to_no)
      join allot.user_cohort uc on uc.tenant_id = ${tenantId} and uc.cohort_id = t.from_no
      where ${notNamed(movers)}
      order by uc.user_no`,
      rest,
    );
  }
  if (listed.length) {
    await moveNamed(
      trx,
      tenantId,
      changeId,
      sql`
      select * from unnest(${bigints(listed.map((l) => l.userNo))}, ${bigints(listed.map((l) => l.from))},
                           ${bigints(listed.map((l) => l.toNo))}) as s (user_no, from_no, to_no)`,
      listed,
    );
  }
  if (tabled.length) {
    await moveNamed(
      trx,
      tenantId,
      changeId,
      sql`
      select m.user_no, m.cohort_id as from_no, t.to_no from moving m
      join unnest(${bigints(tabled.map((g) => g.movement.from))}, ${bigints(tabled.map((g) => g.movement.gainedMask))},
                  ${bigints(tabled.map((g) => g.movement.lostMask))}, ${bigints(tabled.map((g) => g.toNo))})
        as t (cohort_id, gained, lost, to_no) using (cohort_id, gained, lost)
      order by m.user_no`,
      tabled,
    );
  }
}

/** Whether moves name users by the temporary table of movers, be it to leave them out. */
export const namesMovers = (moves: readonly Move[], movers: Movers): boolean =>
  moves.some(
    ({ selector }) =>
      selector.kind === 'rest' || (selector.kind === 'movement' && !movers.listed.has(selector.movementNo)),
  );

/** @param source rows (user_no, from_no, to_no); from_no null: had no pointer; to_no null: loses it. */
async function moveNamed(
  trx: Handle,
  tenantId: string,
  changeId: number,
  source: RawBuilder<unknown>,
  moves: readonly { readonly from?: number | undefined; readonly toNo: number | undefined }[],
): Promise<void> {
  const inserts = moves.some((m) => 'from' in m && m.from === undefined);
  const deletes = moves.some((m) => m.toNo === undefined);
  await sql`
    with source as materialized (${source}),
    moved as (
      update allot.user_cohort uc set cohort_id = s.to_no from source s
      where uc.tenant_id = ${tenantId} and uc.user_no = s.user_no and s.from_no is not null and s.to_no is not null
    )
    ${
      inserts
        ? sql`, placed as (
          insert into allot.user_cohort (tenant_id, user_no, cohort_id)
          select ${tenantId}, user_no, to_no from source where from_no is null and to_no is not null)`
        : sql``
    }
    ${
      deletes
        ? sql`, removed as (
          delete from allot.user_cohort uc using source s
          where uc.tenant_id = ${tenantId} and uc.user_no = s.user_no and s.to_no is null)`
        : sql``
    }
    insert into allot.user_cohort_history (tenant_id, user_no, change_id, cohort_id)
    select ${tenantId}, user_no, ${changeId}::bigint, from_no from source
  `.execute(trx);
}
