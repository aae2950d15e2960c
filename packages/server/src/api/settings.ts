import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { changeGroupSettings } from '../operations/settings/change-group-settings.ts';
import { changeSettings } from '../operations/settings/change-settings.ts';
import { readGroupSettings } from '../operations/settings/read-group-settings.ts';
import { readSettings } from '../operations/settings/read-settings.ts';
import { country, duration, flag, integer, oneOf, orNull, readFields } from './fields.ts';
import { pathId } from './path-id.ts';

/** GET /settings */
export const getSettings = async ({ ctx }: RouteRequest): Promise<RouteAnswer> => ok(await readSettings(ctx));

/** PATCH /settings: answers the settings as they are now. */
export async function patchSettings({ ctx, body }: RouteRequest): Promise<RouteAnswer> {
  return ok(await changeSettings(ctx, readFields(body, settingsFields)));
}

const settingsFields = {
  defaultUsageLocation: orNull(country),
  autoResolve: flag,
  gracePeriod: duration,
  keepUntilReplaced: flag,
  onGroupDelete: oneOf('convert', 'error'),
  ruleSet: oneOf('classic', 'current'),
  warningPeriod: duration,
  suspendedPeriod: duration,
  auditRetention: orNull(duration),
};

/** GET /groups/{id}/licensing */
export async function getGroupLicensing(request: RouteRequest): Promise<RouteAnswer> {
  return ok(await readGroupSettings(request.ctx, pathId(request)));
}

/** PATCH /groups/{id}/licensing: answers the settings as they are now; its users are settled in the background. */
export async function patchGroupLicensing(request: RouteRequest): Promise<RouteAnswer> {
  return ok(await changeGroupSettings(request.ctx, pathId(request), readFields(request.body, groupFields)));
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
