import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { previewRule } from '../operations/rules/preview-rule.ts';
import { ruleLengthMax } from '../operations/rules/read-rule.ts';
import { guid, readRequired, text } from './fields.ts';

/** POST /rules/preview: what a rule would do, or another rule of a group. Nothing is changed. */
export async function postRulePreview(request: RouteRequest): Promise<RouteAnswer> {
  const fields = { membershipRule: text(ruleLengthMax), groupId: guid };
  return ok(await previewRule(request.ctx, readRequired(request.body, fields, ['membershipRule'])));
}
