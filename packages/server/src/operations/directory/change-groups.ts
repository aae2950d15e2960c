import { randomUUID } from 'node:crypto';
import { notFound } from '@allot/contract';
import {
  type DirectoryRow,
  type Handle,
  insertAudit,
  insertGroup,
  selectGroup,
  selectTenant,
  updateGroupRow,
} from '@allot/store';
import type { Context } from '../context.ts';
import { addMembersIn } from './add-members.ts';
import { groupEntry, modifiedProperties } from './audit-entries.ts';
import { completeRule, ruleProperties, saveRule } from '../rules/save-rule.ts';
import { inTransaction } from './in-transaction.ts';
import { readValues } from './read-values.ts';
import { textOf } from './row-values.ts';
import { writableGroup } from './writable-group.ts';

/**
 * Creates the group that a body of Graph describes, with its first members: all of it or nothing.
 * @returns its id
 * @throws ApiError 400, or 404 when a member does not exist
 */
export function createGroup(ctx: Context, body: unknown, memberIds: readonly string[] = []): Promise<string> {
  const change = completeRule(undefined, readValues(body, writableGroup, true));
  const { values } = change;
  const id = randomUUID();
  return inTransaction(ctx, async (trx) => {
    await insertGroup(trx, ctx.tenantId, id, { ...values, ...(await mailOf(trx, ctx, values)) });
    const group = { id, displayName: textOf(values, 'displayName') ?? id };
    await insertAudit(trx, ctx.tenantId, [groupEntry(ctx, 'Add group', group)]);
    await addMembersIn(trx, ctx, { ...group, groupTypes: values['groupTypes'] }, memberIds, 'refuse');
    await saveRule(ctx, trx, group, change);
    return id;
  });
}

/** A group that receives mail does so at its nickname in the tenant's own domain. */
async function mailOf(trx: Handle, ctx: Context, values: Readonly<Record<string, unknown>>) {
  if (values['mailEnabled'] !== true) return {};
  const tenant = await selectTenant(trx, ctx.tenantId);
  return tenant === undefined ? {} : { mail: `${textOf(values, 'mailNickname') ?? ''}@${tenant.initialDomain}` };
}

/**
 * Changes the properties of a group that a body names and adds members: all of it or nothing.
 * @throws ApiError 400 or 404
 */
export async function updateGroup(
  ctx: Context,
  groupId: string,
  body: unknown,
  memberIds: readonly string[] = [],
): Promise<void> {
  const sent = readValues(body, writableGroup, false);
  await inTransaction(ctx, async (trx) => {
    const names = [...new Set([...Object.keys(sent), 'displayName', ...ruleProperties])];
    const group = await selectGroup(trx, ctx.tenantId, groupId, names, {
      lock: Object.keys(sent).length > 0 ? 'update' : 'share',
    });
    if (group === undefined) throw notFound(groupId);
    const change = completeRule(group, sent);
    const { values } = change;
    const modified = modifiedProperties(group, values);
    const displayName = textOf(values, 'displayName') ?? nameOf(group);
    if (modified.length > 0) {
      await updateGroupRow(trx, ctx.tenantId, groupId, values);
      await insertAudit(trx, ctx.tenantId, [groupEntry(ctx, 'Update group', { id: group.id, displayName }, modified)]);
    }
    await addMembersIn(trx, ctx, { ...group, ...values, displayName }, memberIds, 'refuse');
    await saveRule(ctx, trx, { id: group.id, displayName }, change);
  });
}

const nameOf = (group: DirectoryRow): string => textOf(group, 'displayName') ?? group.id;
