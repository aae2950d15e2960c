import { badRequest } from '@allot/contract';
import type { RuleReads } from '@allot/engine';
import { findMemberObjects, type Handle, lockGroups } from '@allot/store';

/**
 * Holds the groups whose members a rule reads until the transaction ends: whoever changes their members meanwhile is done before everybody is
 * compared with the rule.
 * @throws ApiError 400 when a group or user that the rule names does not exist, or is the group itself
 */
export async function refuseUnknownObjects(
  trx: Handle,
  tenantId: string,
  groupId: string,
  { groupIds, managerId }: RuleReads,
): Promise<void> {
  if (groupIds.includes(groupId))
    throw badRequest(
      'The rule reads the members of its own group.',
      'Name other groups after user.memberof.',
      'RuleReadsItself',
    );
  const known = new Set(await lockGroups(trx, tenantId, groupIds));
  const missing = groupIds.find((id) => !known.has(id));
  if (missing !== undefined)
    throw badRequest(
      `The rule reads the members of group '${missing}', which does not exist.`,
      'Correct the id of the group.',
      'RuleNamesUnknown',
    );
  if (managerId === undefined) return;
  const [manager] = await findMemberObjects(trx, tenantId, [managerId]);
  if (typeof manager?.userNo !== 'number')
    throw badRequest(
      `The rule names the manager '${managerId}', who does not exist.`,
      'Correct the id of the user.',
      'RuleNamesUnknown',
    );
}
