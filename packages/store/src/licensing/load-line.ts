import type { Draft, DraftUnit, Line } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { NamedUsers, Who } from './movers.ts';
import { forEachUserNo, type UserNos } from './user-nos.ts';

/**
 * The line of L-14 for everybody who contends: (priority of the group that asks, waiting since, user number), the user
 * number being the order of (createdDateTime, id). Those who did not wait before come last and together. Put in order here:
 * PostgreSQL takes four times as long to sort a million.
 */
export async function loadLine(trx: Handle, tenantId: string, draft: Draft, names: NamedUsers): Promise<Line> {
  const units = draft.units.filter((unit) => unit.contends);
  if (!units.length) return { userNos: [], units: [] };
  await names.name(units.map(whoIs));
  const waiting = await loadWaiting(trx, tenantId);
  const byPriority = [...Map.groupBy(units, ({ priority }) => priority)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const length = units.reduce((sum, { count }) => sum + count, 0);
  const line = { userNos: new Float64Array(length), units: new Int32Array(length) };
  let at = 0;
  const stand = (userNo: number, unitNo: number) => {
    line.userNos[at] = userNo;
    line.units[at++] = unitNo;
  };
  for (const [, alike] of byPriority) {
    const { waited, others } = sorted(alike, names, waiting);
    for (const { userNo, unitNo } of waited) stand(userNo, unitNo);
    for (const key of others) stand(Math.floor(key / alike.length), alike[key % alike.length]?.unitNo ?? -1);
  }
  if (at !== length) throw new Error(`${length} users contend, and ${at} of them were found`);
  return line;
}

/** @returns who waited before, in order; of the others one number each, made of user number and unit, which sorts ten times faster than a pair */
function sorted(units: readonly DraftUnit[], names: NamedUsers, waiting: ReadonlyMap<number, number>) {
  const others = new Float64Array(units.reduce((sum, { count }) => sum + count, 0));
  const waited: { readonly place: number; readonly userNo: number; readonly unitNo: number }[] = [];
  let length = 0;
  units.forEach((unit, i) =>
    forEachUserNo(names.users(whoIs(unit)), (userNo) => {
      const place = waiting.size ? waiting.get(userNo) : undefined;
      if (place === undefined) others[length++] = userNo * units.length + i;
      else waited.push({ place, userNo, unitNo: unit.unitNo });
    }),
  );
  return { waited: waited.toSorted((a, b) => a.place - b.place), others: others.subarray(0, length).toSorted() };
}

const whoIs = ({ movementNo, cohort }: DraftUnit): Who =>
  movementNo === undefined ? { movementNo, restOf: cohort?.cohortNo } : { movementNo };

/** Places among all who wait, by user number. */
async function loadWaiting(trx: Handle, tenantId: string): Promise<Map<number, number>> {
  const { rows } = await sql<{ users: UserNos | null }>`
    select array_to_string(array_agg(user_no order by since, user_no), ',') as users
    from (select user_no, min(since) as since from allot.waiting where tenant_id = ${tenantId} group by user_no) as w
  `.execute(trx);
  const places = new Map<number, number>();
  forEachUserNo(rows[0]?.users ?? '', (userNo) => places.set(userNo, places.size));
  return places;
}
