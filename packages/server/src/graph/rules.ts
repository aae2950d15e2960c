import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { missingValue } from '../operations/directory/property-errors.ts';
import { objectOf } from '../operations/directory/read-values.ts';
import { requiredText } from '../operations/directory/value-readers.ts';
import { evaluateMembership } from '../operations/rules/evaluate-membership.ts';
import { ruleLengthMax } from '../operations/rules/read-rule.ts';
import { objectId } from './object-id.ts';
import { readUsers } from './permissions.ts';
import { contextOf } from './query/links.ts';

/** POST /groups/{id}/evaluateDynamicMembership and /groups/evaluateDynamicMembership, whose body brings the rule. Of beta only. */
export async function postEvaluateMembership(request: RouteRequest): Promise<RouteAnswer> {
  const body = objectOf(request.body);
  const { memberId, membershipRule } = body;
  if (typeof memberId !== 'string') throw missingValue('memberId', 'Group');
  request.requirePermission(readUsers);
  const groupId = request.param('id');
  const asked =
    groupId === ''
      ? // What the reader lets through is a text.
        { membershipRule: String(requiredText(ruleLengthMax)(membershipRule, 'membershipRule')) }
      : { groupId: objectId(groupId) };
  const evaluated = await evaluateMembership(request.ctx, objectId(memberId), asked);
  return ok({ ...contextOf(request, 'microsoft.graph.evaluateDynamicMembershipResult'), ...evaluated });
}
