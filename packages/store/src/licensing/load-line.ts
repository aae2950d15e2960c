import type { Draft, Line } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints, ints } from './array-literals.ts';
import { type Movers, nameMovers, tabledMovements } from './movers.ts';

/**
 * The line of L-14 for everybody who contends: (priority of the group that asks, waiting since, user number), the user
 * number being the order of (createdDateTime, id). Those who did not wait before come last and together.
 * One value of 12 bytes a user: a million rows take PostgreSQL and us 1 s longer.
 */
export async function loadLine(
  trx: Handle,
  tenantId: string,
  draft: Draft,
  movers: Movers,
  named: { done: boolean },
): Promise<Line> {
  const units = draft.units.filter((unit) => unit.contends);
  if (!units.length) return { userNos: [], units: [] };
  await nameMovers(trx, tenantId, movers, named);

  const sources: RawBuilder<unknown>[] = [];
  const listed = units.flatMap(({ movementNo, unitNo }) =>
    (movementNo === undefined ? [] : (movers.listed.get(movementNo) ?? [])).map((userNo) => ({ userNo, unitNo })),
  );
  if (listed.length) {
    sources.push(sql`select user_no, unit_no from unnest(${listed.map((l) => l.userNo)}::bigint[],
      ${listed.map((l) => l.unitNo)}::int[]) as l (user_no, unit_no)`);
  }
  const tabled = tabledMovements(movers);
  const compared = units.flatMap(({ movementNo, unitNo }) => {
    const movement = movementNo === undefined ? undefined : tabled.get(movementNo);
    return movement ? [{ movement, unitNo }] : [];
  });
  if (compared.length) {
    sources.push(sql`select m.user_no, u.unit_no from moving m
      join unnest(${bigints(compared.map((u) => u.movement.from))}, ${bigints(compared.map((u) => u.movement.gainedMask))},
                  ${bigints(compared.map((u) => u.movement.lostMask))}, ${ints(compared.map((u) => u.unitNo))})
        as u (cohort_id, gained, lost, unit_no) using (cohort_id, gained, lost)`);
  }
  const rest = units.filter(({ movementNo }) => movementNo === undefined || movers.wholes.has(movementNo));
  if (rest.length) {
    sources.push(sql`select uc.user_no, u.unit_no
      from unnest(${bigints(rest.map((u) => u.cohort?.cohortNo))}, ${ints(rest.map((u) => u.unitNo))}) as u (cohort_id, unit_no)
      join allot.user_cohort uc on uc.tenant_id = ${tenantId} and uc.cohort_id = u.cohort_id
      where ${notNamed(movers)}`);
  }
  const { rows } = await sql<{ line: Buffer | null }>`
    select string_agg(int8send(c.user_no) || int4send(c.unit_no), ''::bytea
                      order by u.priority, w.since nulls last, c.user_no) as line
    from (${sql.join(sources, sql` union all `)}) as c
    join unnest(${ints(units.map((u) => u.unitNo))}, ${units.map((u) => finite(u.priority))}::float8[]) as u (unit_no, priority)
      using (unit_no)
    left join (select user_no, min(since) as since from allot.waiting where tenant_id = ${tenantId} group by user_no) as w
      on w.user_no = c.user_no
  `.execute(trx);
  return read(rows[0]?.line ?? Buffer.alloc(0));
}

/** Users of a cohort that no movement names; `uc` is allot.user_cohort. */
export function notNamed(movers: Movers): RawBuilder<boolean> {
  const listed = [...movers.listed.values()].flat();
  return sql`${listed.length ? sql`uc.user_no <> all(${listed}::bigint[])` : sql`true`}
    and ${tabledMovements(movers).size ? sql`not exists (select from moving n where n.user_no = uc.user_no)` : sql`true`}`;
}

const finite = (priority: number): number => (Number.isFinite(priority) ? priority : Number.MAX_VALUE);

function read(line: Buffer): Line {
  const length = line.length / 12;
  const userNos = new Float64Array(length);
  const units = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    userNos[i] = Number(line.readBigInt64BE(i * 12));
    units[i] = line.readInt32BE(i * 12 + 8);
  }
  return { userNos, units };
}
