import type { PlanPart } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints } from './array-literals.ts';
import { notNamed } from './load-line.ts';
import { type Movers, nameMovers, tabledMovements } from './movers.ts';
import { wakeWorker } from './pending.ts';

/**
 * Notes the users of these parts of a plan who lack mail, to be given mail attributes (L-30). To be called before the plan is applied,
 * while cohorts and movements say who they are. One look at an index where nobody lacks mail.
 * @param gaining the parts for which a mailbox comes into force
 */
export async function noteMailboxes(
  trx: Handle,
  tenantId: string,
  gaining: readonly PlanPart[],
  movers: Movers,
  named: { done: boolean },
  correlationId: string,
): Promise<void> {
  if (!gaining.length || !(await somebodyLacksMail(trx, tenantId))) return;
  if (gaining.some(({ userNos }) => !userNos)) await nameMovers(trx, tenantId, movers, named);
  const { numAffectedRows } = await sql`
    insert into allot.pending_mail (tenant_id, user_no, correlation_id)
    select u.tenant_id, u.user_no, ${correlationId}::uuid
    from (${usersOf(tenantId, gaining, movers)}) as c
    join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = c.user_no
    where u.mail is null and u.deleted_at is null
    order by u.user_no
  `.execute(trx);
  if (numAffectedRows) await wakeWorker(trx, tenantId);
}

async function somebodyLacksMail(trx: Handle, tenantId: string): Promise<boolean> {
  const { rows } = await sql`
    select from allot.directory_user where tenant_id = ${tenantId} and mail is null and deleted_at is null limit 1
  `.execute(trx);
  return rows.length > 0;
}

/** Rows (user_no): who is listed, who moves by groups or places, and the members of cohorts whom no movement names. */
function usersOf(tenantId: string, parts: readonly PlanPart[], movers: Movers): RawBuilder<unknown> {
  const tabled = tabledMovements(movers);
  const listed: number[] = [];
  const moving: { from: number; gainedMask: number; lostMask: number }[] = [];
  const cohortNos: number[] = [];
  for (const { unit, userNos } of parts) {
    const { movementNo, cohort } = unit;
    const byList = userNos ?? (movementNo === undefined ? undefined : movers.listed.get(movementNo));
    const movement = movementNo === undefined ? undefined : tabled.get(movementNo);
    if (byList) for (const userNo of byList) listed.push(userNo);
    else if (movement) moving.push(movement);
    else if (cohort) cohortNos.push(cohort.cohortNo);
  }
  return sql`
    select unnest(${bigints(listed)}) as user_no
    ${
      moving.length
        ? sql`union all
          select m.user_no from moving m
          join unnest(${bigints(moving.map((m) => m.from))}, ${bigints(moving.map((m) => m.gainedMask))},
                      ${bigints(moving.map((m) => m.lostMask))}) as t (cohort_id, gained, lost) using (cohort_id, gained, lost)`
        : sql``
    }
    ${
      cohortNos.length
        ? sql`union all
          select uc.user_no from allot.user_cohort uc
          where uc.tenant_id = ${tenantId} and uc.cohort_id = any(${bigints(cohortNos)}) and ${notNamed(movers)}`
        : sql``
    }`;
}
