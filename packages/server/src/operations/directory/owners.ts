import { badRequest, notFound } from '@allot/contract';
import {
  countOwners,
  deleteOwner,
  type DirectoryRow,
  findMemberObjects,
  groupOwnedBy,
  type Handle,
  insertAudit,
  insertOwners,
  selectGroup,
  selectOwners,
  selectUser,
  type UserRow,
} from '@allot/store';
import type { Context } from '../context.ts';
import { memberEntry } from './audit-entries.ts';
import { inTransaction } from './in-transaction.ts';
import type { ListAnswer, ListRequest } from './list-request.ts';
import { listGroupsWhere } from './read-groups.ts';
import { textOf } from './row-values.ts';

/** Owners of a group at most, as in Graph. */
const ownersMax = 100;

type OwnersRequest = Pick<ListRequest, 'properties' | 'after' | 'top' | 'count'>;

/** One page of the users who own a group. @throws ApiError 404 */
export async function listOwners(
  ctx: Context,
  groupId: string,
  { properties, after, top, count }: OwnersRequest,
): Promise<ListAnswer<UserRow>> {
  const group = await selectGroup(ctx.db, ctx.tenantId, groupId, []);
  if (group === undefined) throw notFound(groupId);
  const page = await selectOwners(ctx.db, ctx.tenantId, group.id, { properties, after, limit: top });
  return { ...page, count: count ? await countOwners(ctx.db, ctx.tenantId, group.id) : undefined };
}

/** One page of the groups that a user owns. @param ref id or user principal name @throws ApiError 404 */
export async function listOwnedGroups(
  ctx: Context,
  ref: string,
  request: ListRequest,
): Promise<ListAnswer<DirectoryRow>> {
  const user = await selectUser(ctx.db, ctx.tenantId, ref, []);
  if (user === undefined) throw notFound(ref);
  return listGroupsWhere(ctx, request, groupOwnedBy(ctx.tenantId, user.userNo));
}

/** Makes users owners of a group: all of them or none. @throws ApiError 404, or 400 when one is an owner already */
export async function addOwners(ctx: Context, groupId: string, ownerIds: readonly string[]): Promise<void> {
  await inTransaction(ctx, async (trx) => {
    // Held, so that two calls do not both find room for the last owner that there may be.
    const group = await selectGroup(trx, ctx.tenantId, groupId, ['displayName'], { lock: 'update' });
    if (group === undefined) throw notFound(groupId);
    await addOwnersIn(trx, ctx, group, ownerIds);
  });
}

/** The same inside a transaction that holds the group's row. */
export async function addOwnersIn(
  trx: Handle,
  ctx: Context,
  group: DirectoryRow,
  ownerIds: readonly string[],
): Promise<void> {
  const asked = new Set(ownerIds);
  if (asked.size < ownerIds.length) throw alreadyOwner();
  if (asked.size === 0) return;
  const found = new Map((await findMemberObjects(trx, ctx.tenantId, [...asked])).map((one) => [one.id, one]));
  const owners = [...asked].map((id) => {
    const owner = found.get(id);
    if (owner === undefined) throw notFound(id);
    if (owner.userNo === null) throw noUser(id);
    return { ...owner, userNo: owner.userNo };
  });
  const added = await insertOwners(
    trx,
    ctx.tenantId,
    group.id,
    owners.map(({ userNo }) => userNo),
  );
  if (added.length < owners.length) throw alreadyOwner();
  if ((await countOwners(trx, ctx.tenantId, group.id)) > ownersMax) throw tooMany();
  await insertAudit(
    trx,
    ctx.tenantId,
    owners.map((owner) => memberEntry(ctx, 'Add owner to group', owner, named(group))),
  );
}

/** Takes an owner from a group. @throws ApiError 404, or 400 for the last one */
export async function removeOwner(ctx: Context, groupId: string, ownerId: string): Promise<void> {
  await inTransaction(ctx, async (trx) => {
    // Held, so that two calls do not each leave the other's owner as the last one.
    const group = await selectGroup(trx, ctx.tenantId, groupId, ['displayName'], { lock: 'update' });
    if (group === undefined) throw notFound(groupId);
    const [owner] = await findMemberObjects(trx, ctx.tenantId, [ownerId]);
    const userNo = owner?.userNo ?? null;
    if (owner === undefined || userNo === null) throw notFound(ownerId);
    if (!(await deleteOwner(trx, ctx.tenantId, group.id, userNo))) throw notFound(ownerId);
    if ((await countOwners(trx, ctx.tenantId, group.id)) === 0) throw lastOwner();
    await insertAudit(trx, ctx.tenantId, [memberEntry(ctx, 'Remove owner from group', owner, named(group))]);
  });
}

const named = (group: DirectoryRow) => ({ id: group.id, displayName: textOf(group, 'displayName') ?? group.id });

const alreadyOwner = () =>
  badRequest(
    "One or more added object references already exist for the following modified properties: 'owners'.",
    'Nothing was added. Leave out those who are owners already.',
  );

const noUser = (id: string) =>
  badRequest(
    `An invalid object reference '${id}' was sent for the property 'owners'.`,
    'Owners are users; send the id of a user.',
  );

const lastOwner = () =>
  badRequest(
    'The group must have at least one owner, hence this owner cannot be removed.',
    'Add another owner first, then remove this one.',
  );

const tooMany = () =>
  badRequest(`A group cannot have more than ${ownersMax} owners.`, 'Nothing was added. Remove other owners first.');
