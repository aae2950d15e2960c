import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { ints } from './array-literals.ts';
import type { ComparedMovement } from './movers.ts';

/** New places of countries (L-10); null: of users without a usage location of their own. */
export type MovedPlaces = ReadonlyMap<string | null, string>;

/** Users of a cohort who are now licensed in another place than the cohort says. */
export interface PlaceMovement extends ComparedMovement {
  readonly place: string;
}

/** Counts whom a change of countries moves, without naming a user. */
export async function countPlaceMovements(
  trx: Handle,
  tenantId: string,
  moved: MovedPlaces,
): Promise<{ readonly differing: RawBuilder<unknown>; readonly movements: readonly PlaceMovement[] }> {
  const differing = differences(tenantId, moved);
  if (!moved.size) return { differing, movements: [] };
  const { rows } = await sql<Omit<ComparedMovement, 'users'>>`
    select cohort_id as "from", gained as "gainedMask", lost as "lostMask", count(*) as count
    from (${differing}) as d group by cohort_id, gained, lost order by cohort_id, gained
  `.execute(trx);
  const places = numberedPlaces(moved);
  return {
    differing,
    movements: rows.map((row) => ({ ...row, users: undefined, place: places[row.gainedMask] ?? '' })),
  };
}

const numberedPlaces = (moved: MovedPlaces): string[] => [...new Set(moved.values())];

/** Rows (user_no, cohort_id, gained, lost); gained: the place by number, which tells movements apart as groups do. */
function differences(tenantId: string, moved: MovedPlaces): RawBuilder<unknown> {
  const places = numberedPlaces(moved);
  const rows = [...moved].map(([country, place]) => ({ country: country ?? '', place, no: places.indexOf(place) }));
  return sql`
    select u.user_no, uc.cohort_id, p.no::bigint as gained, 0::bigint as lost
    from unnest(${rows.map((row) => row.country)}::text[], ${rows.map((row) => row.place)}::text[], ${ints(rows.map((row) => row.no))})
      as p (country, place, no)
    join allot.directory_user u
      on u.tenant_id = ${tenantId} and u.deleted_at is null and coalesce(u.usage_location, '') = p.country
    join allot.user_cohort uc on uc.tenant_id = u.tenant_id and uc.user_no = u.user_no
    join allot.cohort c on c.tenant_id = uc.tenant_id and c.cohort_id = uc.cohort_id
    where c.place <> p.place`;
}
