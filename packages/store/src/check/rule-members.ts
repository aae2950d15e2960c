import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { type CompiledRule, differingMembers } from '../rules/evaluate-rules.ts';
import { type Differences, listDifferences } from './differences.ts';
import { userNotPending } from './not-pending.ts';

export interface RuleDifference {
  readonly userNo: number;
  readonly userId: string;
  /** true: the rule names the user, who is no member. */
  readonly named: boolean;
}

/** Which of these rules name others than are members. */
export async function findUnfollowedRules(
  db: Handle,
  tenantId: string,
  rules: readonly CompiledRule[],
): Promise<readonly CompiledRule[]> {
  const { rows } = await sql<{ differing: number }>`
    select coalesce(bit_or(d.is # d.was), 0) as differing from (${differingMembers(tenantId, rules, null)}) as d
  `.execute(db);
  const differing = rows[0]?.differing ?? 0;
  return rules.filter((_, place) => Math.floor(differing / 2 ** place) % 2 === 1);
}

/** Users whom a rule names otherwise than they are members; who is pending is left out. */
export const findRuleDifferences = (
  db: Handle,
  tenantId: string,
  rule: CompiledRule,
): Promise<Differences<RuleDifference>> =>
  listDifferences(
    db,
    sql`select d.user_no as "userNo", u.id as "userId", d.is = 1 as named
        from (${differingMembers(tenantId, [rule], null)}) as d
        join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = d.user_no
        where ${userNotPending(tenantId, sql`d.user_no`)}`,
  );
