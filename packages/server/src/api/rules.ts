import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { invalidValue } from '../operations/directory/property-errors.ts';
import { checkRule } from '../operations/rules/check-rule.ts';
import { listRuleProperties } from '../operations/rules/list-rule-properties.ts';
import { previewRule } from '../operations/rules/preview-rule.ts';
import { ruleLengthMax } from '../operations/rules/read-rule.ts';
import { requireTenant } from '../operations/tenants/require-tenant.ts';
import { guid, readRequired, text } from './fields.ts';

/** POST /rules/preview: what a rule would do, or another rule of a group. Nothing is changed. */
export async function postRulePreview(request: RouteRequest): Promise<RouteAnswer> {
  const fields = { membershipRule: text(ruleLengthMax), groupId: guid };
  return ok(await previewRule(request.ctx, readRequired(request.body, fields, ['membershipRule'])));
}

/** POST /rules/check: whether a text is a rule, for whoever is writing it */
export async function postRuleCheck(request: RouteRequest): Promise<RouteAnswer> {
  const { membershipRule } = readRequired(request.body, { membershipRule: anyText }, ['membershipRule']);
  return ok(await checkRule(request.ctx, membershipRule));
}

/** As it stands in the editor: positions count from its first character, and no text is an answer with a hint. */
const anyText = (value: unknown, name: string): string => {
  if (typeof value === 'string') return value;
  throw invalidValue(name, 'Send a text.');
};

/** GET /rules/properties: what a rule can ask for */
export async function getRuleProperties({ ctx }: RouteRequest): Promise<RouteAnswer> {
  await requireTenant(ctx);
  return ok({ value: listRuleProperties() });
}
