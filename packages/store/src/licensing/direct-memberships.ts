import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { bigints, uuids } from './array-literals.ts';

/** Of some groups those to which somebody added each user, by user number: not by a rule, nor through a nested group. */
export async function loadDirectMemberships(
  db: Handle,
  tenantId: string,
  userNos: readonly number[],
  groupIds: readonly string[],
): Promise<Map<number, ReadonlySet<string>>> {
  if (!userNos.length || !groupIds.length) return new Map();
  const { rows } = await sql<{ userNo: number; groupId: string }>`
    select m.user_no as "userNo", m.group_id as "groupId" from allot.membership m
    where m.tenant_id = ${tenantId} and m.user_no = any(${bigints(userNos)}) and m.group_id = any(${uuids(groupIds)})
      and not exists (select from allot.dynamic_group d where d.tenant_id = m.tenant_id and d.group_id = m.group_id)
  `.execute(db);
  const byUser = Map.groupBy(rows, ({ userNo }) => userNo);
  return new Map([...byUser].map(([userNo, own]) => [userNo, new Set(own.map(({ groupId }) => groupId))]));
}

/** Of some groups those whose members follow no rule. */
export async function withoutRule(
  db: Handle,
  tenantId: string,
  groupIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ groupId: string }>`
    select group_id as "groupId" from allot.dynamic_group
    where tenant_id = ${tenantId} and group_id = any(${uuids(groupIds)})
  `.execute(db);
  const following = new Set(rows.map(({ groupId }) => groupId));
  return new Set(groupIds.filter((groupId) => !following.has(groupId)));
}
