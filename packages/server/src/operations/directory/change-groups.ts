import { randomUUID } from 'node:crypto';
import { notFound } from '@allot/contract';
import {
  type DirectoryRow,
  type Handle,
  insertAudit,
  insertGroup,
  isUniqueNameTaken,
  selectGroup,
  selectTenant,
  updateGroupRow,
} from '@allot/store';
import type { Context } from '../context.ts';
import { addMembersIn } from './add-members.ts';
import { groupEntry, modifiedProperties } from './audit-entries.ts';
import { completeRule, ruleProperties, saveRule } from '../rules/save-rule.ts';
import { inTransaction } from './in-transaction.ts';
import { addOwnersIn } from './owners.ts';
import { duplicateUniqueName, readOnlyProperty } from './property-errors.ts';
import { readValues } from './read-values.ts';
import { textOf } from './row-values.ts';
import { writableGroup } from './writable-group.ts';

/** Who is to be added to a group by the call that creates or changes it. UUIDs. */
export interface GroupReferences {
  readonly memberIds?: readonly string[];
  readonly ownerIds?: readonly string[];
}

/**
 * Creates the group that a body of Graph describes, with its first members and owners: all of it or nothing.
 * @returns its id
 * @throws ApiError 400, or 404 when a member or owner does not exist
 */
export function createGroup(
  ctx: Context,
  body: unknown,
  { memberIds = [], ownerIds = [] }: GroupReferences = {},
): Promise<string> {
  const change = completeRule(undefined, readValues(body, writableGroup, true));
  const { values } = change;
  const id = randomUUID();
  return inTransaction(ctx, async (trx) => {
    await insertGroup(trx, ctx.tenantId, id, { ...values, ...(await mailOf(trx, ctx, values)) }).catch(
      (error: unknown) => {
        throw isUniqueNameTaken(error) ? duplicateUniqueName() : error;
      },
    );
    const group = { id, displayName: textOf(values, 'displayName') ?? id };
    await insertAudit(trx, ctx.tenantId, [groupEntry(ctx, 'Add group', group)]);
    await addMembersIn(trx, ctx, { ...group, groupTypes: values['groupTypes'] }, memberIds, 'refuse');
    await addOwnersIn(trx, ctx, group, ownerIds);
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
 * Changes the properties of a group that a body names and adds members and owners: all of it or nothing.
 * @throws ApiError 400 or 404
 */
export async function updateGroup(
  ctx: Context,
  groupId: string,
  body: unknown,
  { memberIds = [], ownerIds = [] }: GroupReferences = {},
): Promise<void> {
  const sent = readValues(body, writableGroup, false);
  await inTransaction(ctx, async (trx) => {
    const names = [...new Set([...Object.keys(sent), 'displayName', ...ruleProperties])];
    const group = await selectGroup(trx, ctx.tenantId, groupId, names, {
      lock: Object.keys(sent).length > 0 || ownerIds.length > 0 ? 'update' : 'share',
    });
    if (group === undefined) throw notFound(groupId);
    refuseOtherUniqueName(group, sent);
    const change = completeRule(group, sent);
    const { values } = change;
    const modified = modifiedProperties(group, values);
    const displayName = textOf(values, 'displayName') ?? nameOf(group);
    if (modified.length > 0) {
      await updateGroupRow(trx, ctx.tenantId, groupId, values);
      await insertAudit(trx, ctx.tenantId, [groupEntry(ctx, 'Update group', { id: group.id, displayName }, modified)]);
    }
    await addMembersIn(trx, ctx, { ...group, ...values, displayName }, memberIds, 'refuse');
    await addOwnersIn(trx, ctx, { id: group.id, displayName }, ownerIds);
    await saveRule(ctx, trx, { id: group.id, displayName }, change);
  });
}

/** Whoever manages groups as code finds them by it. */
function refuseOtherUniqueName(group: DirectoryRow, sent: Readonly<Record<string, unknown>>): void {
  if ('uniqueName' in sent && sent['uniqueName'] !== (group['uniqueName'] ?? null))
    throw readOnlyProperty('uniqueName');
}

const nameOf = (group: DirectoryRow): string => textOf(group, 'displayName') ?? group.id;
