import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { createGroup, updateGroup } from '../../packages/server/src/operations/directory/change-groups.ts';
import { createUser } from '../../packages/server/src/operations/directory/create-users.ts';

/** A group whose members follow a rule; `more`: further properties of Graph. */
export const addRuleGroup = (ctx: Context, membershipRule: string, more: Readonly<Record<string, unknown>> = {}) =>
  createGroup(withCause(ctx), {
    displayName: `Rule ${randomUUID().slice(0, 8)}`,
    mailEnabled: false,
    mailNickname: 'rule',
    securityEnabled: true,
    groupTypes: ['DynamicMembership'],
    membershipRule,
    membershipRuleProcessingState: 'On',
    ...more,
  });

export const changeRule = (ctx: Context, groupId: string, membershipRule: string) =>
  updateGroup(withCause(ctx), groupId, { membershipRule });

let users = 0;

/** A user with these properties of Graph. */
export const addUser = (ctx: Context, properties: Readonly<Record<string, unknown>> = {}) =>
  createUser(withCause(ctx), {
    accountEnabled: true,
    displayName: `User ${++users}`,
    mailNickname: `u${users}`,
    userPrincipalName: `u${users}@test.example`,
    usageLocation: 'US',
    passwordProfile: { password: 'Not-kept-1' },
    ...properties,
  });

/** Ids of the user members of a group that are not deleted, sorted. */
export async function memberIds(ctx: Context, groupId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id from allot.membership m join allot.directory_user u using (tenant_id, user_no)
    where m.tenant_id = ${ctx.tenantId} and m.group_id = ${groupId} and u.deleted_at is null order by u.id
  `.execute(ctx.db);
  return rows.map(({ id }) => id);
}

export interface RuleState {
  readonly status: string;
  readonly errorMessage: string | null;
  readonly evaluatedAt: Date | null;
  readonly membersChangedAt: Date | null;
  readonly nextAt: Date | null;
}

export async function ruleState(ctx: Context, groupId: string): Promise<RuleState | undefined> {
  const { rows } = await sql<RuleState>`
    select status, error_message as "errorMessage", evaluated_at as "evaluatedAt", members_changed_at as "membersChangedAt",
           next_at as "nextAt"
    from allot.dynamic_group where tenant_id = ${ctx.tenantId} and group_id = ${groupId}
  `.execute(ctx.db);
  return rows[0];
}

/** As every call has: a correlation id of its own. */
export const withCause = (ctx: Context): Context => ({ ...ctx, correlationId: randomUUID() });
