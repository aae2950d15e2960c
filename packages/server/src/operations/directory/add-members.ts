import { badRequest, forbidden, notFound } from '@allot/contract';
import {
  type DirectoryRow,
  findMemberObjects,
  type Handle,
  insertAudit,
  insertGroupMembers,
  insertMemberships,
  type MemberObject,
  notePendingGroupMembers,
  notePendingNesting,
  notePendingUsers,
  PENDING_USERS_MAX,
  selectGroup,
} from '@allot/store';
import type { Context } from '../context.ts';
import { memberEntry } from './audit-entries.ts';
import { inTransaction } from './in-transaction.ts';
import { textOf, textsOf } from './row-values.ts';

/** What to do about a member that the group has already. */
export type ExistingMembers = 'refuse' | 'skip';

/** Members of one call at most. */
const membersPerCallMax = 1_000_000;

/**
 * Makes users and groups members of a group: all of them or none.
 * @param memberIds UUIDs
 * @throws ApiError 404 when the group or a member does not exist, 400 when one is a member already
 */
export async function addMembers(
  ctx: Context,
  groupId: string,
  memberIds: readonly string[],
  existing: ExistingMembers = 'refuse',
): Promise<void> {
  await inTransaction(ctx, async (trx) => {
    const group = await selectGroup(trx, ctx.tenantId, groupId, ['displayName', 'groupTypes'], { lock: 'share' });
    if (group === undefined) throw notFound(groupId);
    await addMembersIn(trx, ctx, group, memberIds, existing);
  });
}

/** The same inside a transaction that holds the group's row. */
export async function addMembersIn(
  trx: Handle,
  ctx: Context,
  group: DirectoryRow,
  memberIds: readonly string[],
  existing: ExistingMembers,
): Promise<void> {
  if (memberIds.length === 0) return;
  if (memberIds.length > membersPerCallMax) throw tooMany();
  refuseDynamic(group);
  const members = await findAll(trx, ctx, group.id, memberIds, existing);
  const userNos = members.flatMap(({ userNo }) => userNo ?? []);
  const groupIds = members.flatMap(({ id, userNo }) => (userNo === null ? [id] : []));
  const addedUsers = new Set(await insertMemberships(trx, ctx.tenantId, group.id, userNos));
  const addedGroups = new Set(await insertGroupMembers(trx, ctx.tenantId, group.id, groupIds));
  if (existing === 'refuse' && addedUsers.size + addedGroups.size < members.length) throw alreadyMember();
  const added = members.filter(({ id, userNo }) => (userNo === null ? addedGroups.has(id) : addedUsers.has(userNo)));
  const named = { id: group.id, displayName: textOf(group, 'displayName') ?? group.id };
  await insertAudit(
    trx,
    ctx.tenantId,
    added.map((member) => memberEntry(ctx, 'Add member to group', member, named)),
  );
  await notePending(trx, ctx, group.id, [...addedUsers]);
  if (addedGroups.size > 0) await notePendingNesting(trx, ctx.tenantId, group.id, ctx.correlationId);
}

/** L-26: members of a group by rule cannot be edited by hand. */
export function refuseDynamic(group: DirectoryRow): void {
  if (textsOf(group, 'groupTypes').includes('DynamicMembership')) {
    throw forbidden(
      'The members of this group follow its rule; change the rule, or make the group static first.',
      'MembersFollowRule',
    );
  }
}

async function findAll(
  trx: Handle,
  ctx: Context,
  groupId: string,
  memberIds: readonly string[],
  existing: ExistingMembers,
): Promise<readonly MemberObject[]> {
  const asked = new Set(memberIds.map((id) => id.toLowerCase()));
  if (existing === 'refuse' && asked.size < memberIds.length) throw alreadyMember();
  if (asked.has(groupId))
    throw badRequest('A group cannot be a member of itself.', 'Leave the group itself out.', 'GroupInItself');
  const members = await findMemberObjects(trx, ctx.tenantId, [...asked]);
  const found = new Set(members.map(({ id }) => id));
  for (const id of asked) if (!found.has(id)) throw notFound(id);
  return members;
}

async function notePending(trx: Handle, ctx: Context, groupId: string, userNos: readonly number[]): Promise<void> {
  if (userNos.length > PENDING_USERS_MAX) await notePendingGroupMembers(trx, ctx.tenantId, groupId, ctx.correlationId);
  else await notePendingUsers(trx, ctx.tenantId, userNos, 'membership', ctx.correlationId);
}

const alreadyMember = () =>
  badRequest(
    "One or more added object references already exist for the following modified properties: 'members'.",
    'Nothing was added. Leave out those that are members already.',
    'AlreadyMember',
  );

const tooMany = () =>
  badRequest(
    'Too many members are added at a time.',
    `Add at most ${membersPerCallMax} members at a time; the rest in further requests.`,
  );
