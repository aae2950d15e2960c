import type { Command } from 'commander';
import type { DirectoryAudit } from '@allot/contract';
import { usageFailure } from '../failure.ts';
import type { Io } from '../io.ts';
import { askingCommand, openSession } from '../leaf-command.ts';
import type { CommonOptions, Session } from '../leaf-command.ts';
import { isId, odataText } from '../names/names-and-ids.ts';
import { orUnknownUser, userPath } from '../names/users.ts';
import type { Column } from '../output/column.ts';
import { rowWriter } from '../output/rows.ts';
import { pageSize, upTo } from '../page-size.ts';
import { wholeNumber } from '../whole-number.ts';

export function auditCommands(program: Command, io: Io): void {
  const audit = program
    .command('audit')
    .summary('who changed what, and when')
    .description('Who changed what, and when.');

  askingCommand(audit, 'list', {
    summary: 'list the audit log, newest first',
    more: 'What one call caused has the same correlation id. Times are UTC: 2026-01-31, or 2026-01-31T08:00:00Z.',
    examples: [
      'audit list --since 2026-01-31 --limit 50',
      'audit list --target adele@contoso.com',
      'audit list --activity "Set group license" --csv > licenses.csv',
    ],
  })
    .option('--activity <activity>', 'only this activity, such as "Change user license"')
    .option('--target <target>', 'only about this user or group: id, user principal name, or display name')
    .option('--since <time>', 'only from this time on')
    .option('--until <time>', 'only before this time')
    .option('--correlation <id>', 'only what belongs to this call')
    .option('--limit <number>', 'at most so many', wholeNumber)
    .action((options: AuditOptions) => listAudit(options, io));
}

interface AuditOptions extends CommonOptions {
  readonly activity?: string;
  readonly target?: string;
  readonly since?: string;
  readonly until?: string;
  readonly correlation?: string;
  readonly limit?: number;
}

async function listAudit(options: AuditOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const filter = (await conditionsOf(options, session)).join('%20and%20');
  const query = [`$top=${pageSize(options.limit)}`, ...(filter === '' ? [] : [`$filter=${filter}`])].join('&');
  const writer = rowWriter(auditColumns, session.format, io, 'No entries.');
  const pages = session.client.pages<DirectoryAudit>(`/v1.0/auditLogs/directoryAudits?${query}`);
  for await (const entries of upTo(options.limit, pages)) await writer.rows(entries);
  await writer.end();
}

/** Ready for a URL. */
async function conditionsOf(options: AuditOptions, session: Session): Promise<readonly string[]> {
  const { activity, target, since, until, correlation } = options;
  if (correlation !== undefined && !isId(correlation)) {
    throw usageFailure(`'${correlation}' is no correlation id.`, 'It is a UUID; audit list shows it with --json.');
  }
  return [
    ...(activity === undefined ? [] : [`activityDisplayName%20eq%20${odataText(activity)}`]),
    ...(target === undefined ? [] : [await targetCondition(target, session)]),
    ...(since === undefined ? [] : [`activityDateTime%20ge%20${timeOf(since)}`]),
    ...(until === undefined ? [] : [`activityDateTime%20lt%20${timeOf(until)}`]),
    ...(correlation === undefined ? [] : [`correlationId%20eq%20${correlation}`]),
  ];
}

/** Entries name users by id and display name; a deleted one has its id only. */
async function targetCondition(target: string, { client }: Session): Promise<string> {
  if (!isId(target) && !target.includes('@')) {
    return `targetResources/any(t:t/displayName%20eq%20${odataText(target)})`;
  }
  const id = isId(target)
    ? target
    : (await orUnknownUser(client, target, client.get<{ readonly id: string }>(`${userPath(target)}?$select=id`))).id;
  return `targetResources/any(t:t/id%20eq%20${odataText(id)})`;
}

function timeOf(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}(T.+)?$/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) {
    throw usageFailure(`'${text}' is no time.`, 'Write it as 2026-01-31 or 2026-01-31T08:00:00Z.');
  }
  return time.toISOString();
}

const actorOf = ({ initiatedBy: { user, app } }: DirectoryAudit): string =>
  user === null ? (app?.displayName ?? app?.appId ?? '') : (user.displayName ?? user.userPrincipalName ?? user.id);

const changesOf = ({ targetResources }: DirectoryAudit): readonly string[] =>
  targetResources.flatMap(({ modifiedProperties }) =>
    modifiedProperties.map(({ displayName, oldValue, newValue }) => `${displayName}: ${oldValue} → ${newValue}`),
  );

const auditColumns: readonly Column<DirectoryAudit>[] = [
  {
    key: 'activityDateTime',
    heading: 'Time (UTC)',
    value: ({ activityDateTime }) => activityDateTime,
    text: ({ activityDateTime }) => activityDateTime.slice(0, 19).replace('T', ' '),
    whole: true,
  },
  { key: 'activity', heading: 'Activity', value: ({ activityDisplayName }) => activityDisplayName },
  {
    key: 'targets',
    heading: 'Target',
    value: ({ targetResources }) => targetResources.map(({ displayName, id }) => displayName ?? id),
  },
  { key: 'targetIds', value: ({ targetResources }) => targetResources.map(({ id }) => id) },
  { key: 'actor', heading: 'By', value: actorOf },
  { key: 'result', heading: 'Result', value: ({ result }) => result },
  { key: 'category', value: ({ category }) => category },
  { key: 'correlationId', value: ({ correlationId }) => correlationId },
  { key: 'id', value: ({ id }) => id },
  { key: 'changes', value: changesOf },
  {
    key: 'details',
    value: ({ additionalDetails }) => additionalDetails.map(({ key, value }) => `${key}: ${value}`),
  },
  { key: 'reason', heading: 'Reason', value: ({ resultReason }) => resultReason, wraps: true },
];
