import type { CohortNo, Move } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints } from './array-literals.ts';
import type { NamedUsers, Who } from './movers.ts';
import { joinUserNos, type UserNos, userNoArrays } from './user-nos.ts';

export interface PointerMove extends Move {
  /** Undefined: the pointer goes. */
  readonly toNo: CohortNo | undefined;
}

/** Finds out who moves, as long as the cohorts say from where. */
export const nameMoves = (moves: readonly Move[], names: NamedUsers): Promise<void> =>
  names.name(moves.flatMap((move) => (move.selector.kind === 'users' ? [] : [whoIs(move)])));

/**
 * Users who go the same way by the same change are remembered in one row, from this many on. Fewer are remembered one by one,
 * so that a past is found without opening thousands of small packs. Who goes for good is always remembered by name.
 */
const PACKED_USERS_MIN = 16;

/**
 * Moves pointers and remembers from where (L-31), in one statement. The history of half a million users in 5,000 cohorts takes
 * 12 ms, where a row for each user took longer than moving them.
 */
export async function movePointers(
  trx: Handle,
  tenantId: string,
  moves: readonly PointerMove[],
  names: NamedUsers,
  changeId: number,
): Promise<void> {
  const packs = packed(moves, names);
  if (!packs.length) return;
  const inserts = packs.some(({ from }) => from === undefined);
  const deletes = packs.some(({ to }) => to === undefined);
  await sql`
    with pack as materialized (
      select from_no, to_no, users::bigint[] as users
      from unnest(${bigints(packs.map(({ from }) => from))}, ${bigints(packs.map(({ to }) => to))},
                  ${userNoArrays(packs.map(({ users }) => users))}) as p (from_no, to_no, users)
    ), mover as materialized (
      -- In the order of users, so that pointers are written page by page.
      select unnest(users) as user_no, from_no, to_no from pack order by 1
    ), moved as (
      update allot.user_cohort uc set cohort_id = m.to_no from mover m
      where uc.tenant_id = ${tenantId} and uc.user_no = m.user_no and m.from_no is not null and m.to_no is not null
    )
    ${
      inserts
        ? sql`, placed as (
          insert into allot.user_cohort (tenant_id, user_no, cohort_id)
          select ${tenantId}, user_no, to_no from mover where from_no is null and to_no is not null)`
        : sql``
    }
    ${
      deletes
        ? sql`, removed as (
          delete from allot.user_cohort uc using mover m
          where uc.tenant_id = ${tenantId} and uc.user_no = m.user_no and m.to_no is null)`
        : sql``
    }
    , remembered as (
      insert into allot.pointer_history (tenant_id, user_no, change_id, cohort_id, from_cohort_id)
      select ${tenantId}, unnest(users), ${changeId}::bigint, coalesce(to_no, 0), coalesce(from_no, 0) from pack
      where cardinality(users) < ${PACKED_USERS_MIN} or to_no is null
    )
    insert into allot.pointer_history_pack (tenant_id, cohort_id, change_id, from_cohort_id, user_nos)
    select ${tenantId}, to_no, ${changeId}::bigint, coalesce(from_no, 0), users from pack
    where cardinality(users) >= ${PACKED_USERS_MIN} and to_no is not null
  `.execute(trx);
}

/** @throws Error when they were not named before */
export const usersOf = (move: Move, names: NamedUsers): UserNos =>
  move.selector.kind === 'users' ? move.selector.userNos.join() : names.users(whoIs(move));

interface Pack {
  readonly from: CohortNo | undefined;
  readonly to: CohortNo | undefined;
  readonly users: UserNos;
}

/** One for each way that users go. */
function packed(moves: readonly PointerMove[], names: NamedUsers): Pack[] {
  const ways = Map.groupBy(moves, ({ from, toNo }) => `${from}|${toNo}`);
  return [...ways.values()].flatMap((alike) => {
    const [first] = alike;
    const users = joinUserNos(alike.map((move) => usersOf(move, names)));
    return first && users !== '' ? [{ from: first.from, to: first.toNo, users }] : [];
  });
}

const whoIs = ({ selector, from }: Move): Who =>
  selector.kind === 'movement' ? { movementNo: selector.movementNo } : { movementNo: undefined, restOf: from };
