import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { changeGroupSettings, previewGroupSettings } from '../operations/settings/change-group-settings.ts';
import { changeSettings } from '../operations/settings/change-settings.ts';
import { readGroupSettings } from '../operations/settings/read-group-settings.ts';
import { readSettings } from '../operations/settings/read-settings.ts';
import { invalidValue } from '../operations/directory/property-errors.ts';
import { country, duration, type Field, flag, integer, oneOf, orNull, readFields } from './fields.ts';
import { pathId } from './path-id.ts';
import { readFlag } from './query-flag.ts';
import { answerChange, changeOptions } from './shown-change.ts';

/** GET /settings */
export const getSettings = async ({ ctx }: RouteRequest): Promise<RouteAnswer> => ok(await readSettings(ctx));

/** PATCH /settings?dryRun=&preview=: answers the settings as they are now. */
export async function patchSettings(request: RouteRequest): Promise<RouteAnswer> {
  const shown = await changeSettings(request.ctx, readFields(request.body, settingsFields), changeOptions(request));
  return answerChange(request, shown, shown.result, false);
}

/** So that the entry of whoever shortens it outlives the change for a while. */
const aDayOrMore: Field<string> = (value, name) => {
  const text = duration(value, name);
  if (!/[1-9]/.test(text)) throw invalidValue(name, 'Send at least one day, such as P30D.');
  return text;
};

const settingsFields = {
  defaultUsageLocation: orNull(country),
  autoResolve: flag,
  gracePeriod: duration,
  keepUntilReplaced: flag,
  onGroupDelete: oneOf('convert', 'error'),
  ruleSet: oneOf('classic', 'current'),
  warningPeriod: duration,
  suspendedPeriod: duration,
  auditRetention: orNull(aDayOrMore),
};

/** GET /groups/{id}/licensing */
export async function getGroupLicensing(request: RouteRequest): Promise<RouteAnswer> {
  return ok(await readGroupSettings(request.ctx, pathId(request)));
}

/** PATCH /groups/{id}/licensing?dryRun=: answers the settings as they are now; of a dry run, what the change would do. */
export async function patchGroupLicensing(request: RouteRequest): Promise<RouteAnswer> {
  const patch = readFields(request.body, groupFields);
  const answer = readFlag(request, 'dryRun') ? previewGroupSettings : changeGroupSettings;
  return ok(await answer(request.ctx, pathId(request), patch));
}

/** Of a group's licensing priority; the same as in a groups file. */
const priorityMax = 1_000_000;

const groupFields = {
  atomicity: oneOf('bundle', 'product'),
  priority: integer(0, priorityMax),
  licenseInheritance: oneOf('direct', 'transitive'),
  newPlans: oneOf('on', 'off'),
  prerequisites: oneOf('group', 'user'),
};
