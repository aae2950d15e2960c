import { type DirectoryAudit, directoryAuditProperties, type TargetResource } from '@allot/contract';
import type { AuditRow } from '../../operations/audit/read-audits.ts';
import { selectable, type Selection } from '../query/select.ts';

export const directoryAuditType = selectable('microsoft.graph.directoryAudit', directoryAuditProperties);

/** An entry of the audit log as Graph answers it: the selected properties. */
export function directoryAuditResource(row: AuditRow, selection: Selection): Partial<DirectoryAudit> {
  const whole = wholeResource(row);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => selection.names.includes(name)));
}

function wholeResource(row: AuditRow): DirectoryAudit {
  const { user, app } = row.initiatedBy;
  return {
    id: row.id,
    category: row.category,
    correlationId: row.correlationId,
    result: row.result,
    resultReason: row.resultReason,
    activityDisplayName: row.activity,
    activityDateTime: row.activityAt,
    loggedByService: row.loggedByService,
    operationType: operationTypeOf(row.activity),
    initiatedBy: {
      user: user && {
        id: user['id'] ?? '',
        displayName: user['displayName'] ?? null,
        userPrincipalName: user['userPrincipalName'] ?? null,
        ipAddress: user['ipAddress'] ?? null,
      },
      app: app && {
        appId: app['appId'] ?? '',
        displayName: app['displayName'] ?? null,
        servicePrincipalId: app['servicePrincipalId'] ?? null,
        servicePrincipalName: app['servicePrincipalName'] ?? null,
      },
    },
    targetResources: row.targets.map(targetResource),
    additionalDetails: row.details,
  };
}

// `as`: written by insertAudit in this shape, some properties left out.
const targetResource = (kept: Readonly<Record<string, unknown>>): TargetResource => ({
  ...noTarget,
  ...(kept as Partial<TargetResource>),
});

const noTarget: TargetResource = {
  id: '',
  displayName: null,
  type: 'Other',
  userPrincipalName: null,
  groupType: null,
  modifiedProperties: [],
};

/** Graph's word for the kind of change, by the first of the activity; a license given or taken is an update of whoever has it. */
function operationTypeOf(activity: string): string {
  if (/^Add (?:member|owner) to group$/.test(activity)) return 'Assign';
  if (/^Remove (?:member|owner) from group$/.test(activity)) return 'Unassign';
  return operationTypes.get(activity.split(' ', 1)[0] ?? '') ?? 'Update';
}

const operationTypes: ReadonlyMap<string, string> = new Map([
  ['Add', 'Add'],
  ['Delete', 'Delete'],
  ['Restore', 'Restore'],
  ['Hard', 'Delete'],
  ['Import', 'Import'],
]);
