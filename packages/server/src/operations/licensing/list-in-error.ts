import { type GroupInError, notFound, type UserInError } from '@allot/contract';
import {
  type ErrorsAsked,
  findGroup,
  loadCohorts,
  loadGroupsInError,
  loadUsersInError,
  type UserInErrorRow,
} from '@allot/store';
import { direct } from '@allot/engine';
import type { Context } from '../context.ts';
import { type ExplainedEntry, explainEntries } from './explain-entries.ts';
import { describeCauses } from './group-errors.ts';
import { inSnapshot } from './in-snapshot.ts';
import { loadTenantWorld } from './tenant-world.ts';

/** A page, and where the next one begins; undefined: this is the last. */
export interface ErrorPage<Row, Key> {
  readonly value: readonly Row[];
  readonly next: Key | undefined;
}

/** A page begins after the user with this number, in the order of creation; 0: at the first. */
export type UserPageKey = number;

/** A page begins after this group, in the order of users in error, most first. */
export interface GroupPageKey {
  readonly users: number;
  readonly groupId: string;
}

/** Who has one error of one product from a group, with what helps each. @throws ApiError 404 */
export const usersOfCause = (
  ctx: Context,
  groupId: string,
  cause: NonNullable<ErrorsAsked['cause']>,
  page: { readonly after: UserPageKey; readonly top: number },
): Promise<ErrorPage<UserInError, UserPageKey>> =>
  inSnapshot(ctx, async (snapshot) => {
    if (!(await findGroup(snapshot.db, snapshot.tenantId, groupId))) throw notFound(groupId);
    return usersInError(snapshot, { groupId, cause }, page);
  });

/** Whose own licenses are in error, or also who has an error from a group. */
export const usersOfErrors = (
  ctx: Context,
  source: 'direct' | 'any',
  page: { readonly after: UserPageKey; readonly top: number },
): Promise<ErrorPage<UserInError, UserPageKey>> =>
  inSnapshot(ctx, (snapshot) => usersInError(snapshot, { groupId: source === 'any' ? undefined : null }, page));

async function usersInError(
  ctx: Context,
  asked: ErrorsAsked,
  { after, top }: { readonly after: UserPageKey; readonly top: number },
): Promise<ErrorPage<UserInError, UserPageKey>> {
  const { db, tenantId } = ctx;
  // One more than asked for tells whether there is another page.
  const found = await loadUsersInError(db, tenantId, asked, { after, limit: top + 1 });
  const rows = found.slice(0, top);
  const cohortNos = [...new Set(rows.map(({ cohortNo }) => cohortNo))];
  const loaded = rows.length > 0 ? await loadCohorts(db, tenantId, { by: 'number', cohortNos }) : [];
  const states = new Map(loaded.map(({ cohortNo, state }) => [cohortNo, state]));
  const users = rows.flatMap(({ userNo, usageLocation, cohortNo }) => {
    const state = states.get(cohortNo);
    return state ? [{ userNo, usageLocation, state }] : [];
  });
  const explained = await explainEntries(ctx, await loadTenantWorld(db, tenantId), users);
  const isAsked = ({ source }: ExplainedEntry) => asked.groupId === undefined || source === (asked.groupId ?? direct);
  return {
    value: rows.flatMap((row) => {
      const own = (explained.get(row.userNo) ?? []).filter((entry) => isAsked(entry) && isInError(entry));
      const { cause } = asked;
      const told = cause ? own.find(({ skuId, error }) => skuId === cause.productId && error === cause.error) : own[0];
      return told ? [describe(row, told, own.length)] : [];
    }),
    next: found.length > top ? rows.at(-1)?.userNo : undefined,
  };
}

const isInError = ({ error }: ExplainedEntry): boolean => error !== 'None';

const describe = (row: UserInErrorRow, entry: ExplainedEntry, count: number): UserInError => ({
  id: row.id,
  displayName: row.displayName,
  userPrincipalName: row.userPrincipalName,
  count,
  error: entry.error,
  skuId: entry.skuId,
  skuPartNumber: entry.skuPartNumber,
  reason: entry.sentence,
  reasons: entry.reasons,
  fixes: entry.fixes,
});

/** Groups from which users have errors, each with the most frequent cause. */
export const groupsInError = (
  ctx: Context,
  { after, top }: { readonly after: GroupPageKey | undefined; readonly top: number },
): Promise<ErrorPage<GroupInError, GroupPageKey>> =>
  inSnapshot(ctx, async (snapshot) => {
    const found = await loadGroupsInError(snapshot.db, snapshot.tenantId, { after, limit: top + 1 });
    const rows = found.slice(0, top);
    const causes = await describeCauses(
      snapshot,
      rows.map(({ groupId, productId, error, causeUsers, cohortNos }) => ({
        groupId,
        productId,
        error,
        users: causeUsers,
        cohortNos,
      })),
    );
    const last = rows.at(-1);
    return {
      value: rows.flatMap(({ groupId, displayName, users }, at) => {
        const mostFrequent = causes[at];
        return mostFrequent ? [{ id: groupId, displayName, users, mostFrequent }] : [];
      }),
      next: found.length > top && last ? { users: last.users, groupId: last.groupId } : undefined,
    };
  });
