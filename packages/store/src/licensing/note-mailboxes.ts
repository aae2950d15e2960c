import type { PlanPart } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints } from './array-literals.ts';
import type { NamedUsers, Who } from './movers.ts';
import { wakeWorker } from './pending.ts';
import { joinUserNos, userNoArray } from './user-nos.ts';

/**
 * Notes the users of these parts of a plan who lack mail, to be given mail attributes (L-30). To be called before the plan is applied,
 * while cohorts and movements say who they are. One look at an index where nobody lacks mail, and only parts where somebody
 * may are named.
 * @param gaining the parts for which a mailbox comes into force
 */
export async function noteMailboxes(
  trx: Handle,
  tenantId: string,
  gaining: readonly PlanPart[],
  names: NamedUsers,
  correlationId: string,
): Promise<void> {
  if (!gaining.length) return;
  const lacking = await cohortsLackingMail(trx, tenantId, gaining);
  const parts = gaining.filter(({ unit: { cohort } }) => !cohort || lacking.has(cohort.cohortNo));
  if (!parts.length) return;
  await names.name(parts.flatMap((part) => (part.userNos ? [] : [whoIs(part)])));
  const users = joinUserNos(parts.map((part) => part.userNos?.join() ?? names.users(whoIs(part))));
  const { numAffectedRows } = await sql`
    insert into allot.pending_mail (tenant_id, user_no, correlation_id)
    select u.tenant_id, u.user_no, ${correlationId}::uuid
    from unnest(${userNoArray(users)}) as c (user_no)
    join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = c.user_no
    where u.mail is null and u.deleted_at is null
    order by u.user_no
  `.execute(trx);
  if (numAffectedRows) await wakeWorker(trx, tenantId);
}

const whoIs = ({ unit: { movementNo, cohort } }: PlanPart): Who =>
  movementNo === undefined ? { movementNo, restOf: cohort?.cohortNo } : { movementNo };

/** Those of the parts' cohorts that have a member without mail. */
async function cohortsLackingMail(trx: Handle, tenantId: string, parts: readonly PlanPart[]): Promise<Set<number>> {
  const cohortNos = parts.flatMap(({ unit }) => unit.cohort?.cohortNo ?? []);
  const { rows } = await sql<{ cohortNo: number }>`
    select distinct uc.cohort_id as "cohortNo"
    from allot.directory_user u
    join allot.user_cohort uc on uc.tenant_id = u.tenant_id and uc.user_no = u.user_no
    where u.tenant_id = ${tenantId} and u.mail is null and u.deleted_at is null and uc.cohort_id = any(${bigints(cohortNos)})
  `.execute(trx);
  return new Set(rows.map(({ cohortNo }) => cohortNo));
}
