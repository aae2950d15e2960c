import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { ints } from './array-literals.ts';

/** New places of countries (L-10); null: of users without a usage location of their own. */
export type MovedPlaces = ReadonlyMap<string | null, string>;

/** `count` users of a cohort are now licensed in another place than the cohort says. */
export interface PlaceMovement {
  readonly from: number;
  readonly place: string;
  readonly count: number;
  /** The place by number: what tells movements apart where users are named, as for groups. */
  readonly gainedMask: number;
  readonly lostMask: number;
}

/** Counts whom a change of countries moves, without naming a user. */
export async function countPlaceMovements(trx: Handle, tenantId: string, moved: MovedPlaces): Promise<PlaceMovement[]> {
  if (!moved.size) return [];
  const { rows } = await sql<Omit<PlaceMovement, 'place'>>`
    select cohort_id as "from", gained as "gainedMask", lost as "lostMask", count(*) as count
    from (${differences(tenantId, moved)}) as d group by cohort_id, gained, lost order by cohort_id, gained
  `.execute(trx);
  const places = numberedPlaces(moved);
  return rows.map((row) => ({ ...row, place: places[row.gainedMask] ?? '' }));
}

/** Names the users of the movements in the temporary table `moving (user_no, cohort_id, gained, lost)`. */
export async function namePlaceMovements(trx: Handle, tenantId: string, moved: MovedPlaces): Promise<void> {
  await sql`
    create temporary table moving on commit drop as
    select * from (${differences(tenantId, moved)}) as d order by user_no
  `.execute(trx);
  await sql`analyze moving`.execute(trx);
}

const numberedPlaces = (moved: MovedPlaces): string[] => [...new Set(moved.values())];

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
