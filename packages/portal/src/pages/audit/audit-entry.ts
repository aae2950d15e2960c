/** An entry of `GET /v1.0/auditLogs/directoryAudits`. */
export interface AuditEntry {
  readonly id: string;
  readonly correlationId: string;
  readonly result: string;
  readonly resultReason: string | null;
  readonly activityDisplayName: string;
  readonly activityDateTime: string;
  readonly initiatedBy: {
    readonly app: { readonly displayName: string | null; readonly appId: string } | null;
    readonly user: { readonly displayName: string | null; readonly userPrincipalName: string | null } | null;
  };
  readonly targetResources: readonly AuditTarget[];
  readonly additionalDetails: readonly { readonly key: string; readonly value: string }[];
}

export interface AuditTarget {
  readonly id: string;
  readonly displayName: string | null;
  readonly type: string;
  readonly modifiedProperties: readonly ModifiedProperty[];
}

/** Values as JSON, as Graph writes them. */
export interface ModifiedProperty {
  readonly displayName: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

/** What is looked for; `from` and `to` are days (`2026-01-31`), both included. */
export interface AuditFilters {
  readonly activity?: string;
  readonly target?: string;
  readonly from?: string;
  readonly to?: string;
  readonly correlation?: string;
}

const log = '/v1.0/auditLogs/directoryAudits';
const pageRows = 100;
/** Of one change: whoever wants more of it goes to the table. */
const sameChangeMax = 20;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const day = /^\d{4}-\d\d-\d\d$/;

/** The path of the log's entries with these properties, newest first. */
export function auditPath({ activity, target, from, to, correlation }: AuditFilters): string {
  const clauses = [
    ...(activity === undefined ? [] : [`activityDisplayName eq ${quoted(activity)}`]),
    ...(target === undefined || target.trim() === '' ? [] : [ofTarget(target.trim())]),
    ...(from !== undefined && day.test(from) ? [`activityDateTime ge ${startOf(from, 0)}`] : []),
    ...(to !== undefined && day.test(to) ? [`activityDateTime lt ${startOf(to, 1)}`] : []),
    ...(correlation !== undefined && guid.test(correlation) ? [`correlationId eq ${quoted(correlation)}`] : []),
  ];
  const filter = clauses.length === 0 ? '' : `&$filter=${encodeURIComponent(clauses.join(' and '))}`;
  return `${log}?$top=${pageRows}${filter}`;
}

/** The path of the first entries of a change, in the order in which they were written. */
export const sameChangePath = (correlationId: string): string =>
  `${log}?$top=${sameChangeMax}&$orderby=activityDateTime%20asc&$filter=${encodeURIComponent(`correlationId eq ${quoted(correlationId)}`)}`;

export const entryPath = (id: string): string => `${log}/${encodeURIComponent(id)}`;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const ofTarget = (target: string): string =>
  guid.test(target)
    ? `targetResources/any(t:t/id eq ${quoted(target)})`
    : `targetResources/any(t:startsWith(t/displayName,${quoted(target)}))`;

/** The beginning of a day where the person is, as an instant. */
function startOf(date: string, daysLater: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, dayOfMonth + daysLater).toISOString();
}

export const initiatorOf = ({ app, user }: AuditEntry['initiatedBy']): string =>
  user?.displayName ?? user?.userPrincipalName ?? app?.displayName ?? app?.appId ?? '';
