import type { Cause, Client, Collection, PastLicense, PastLicensing } from '@allot/contract';
import type { Io } from '../../io.ts';
import { openSession } from '../../leaf-command.ts';
import type { CommonOptions } from '../../leaf-command.ts';
import { isId } from '../../names/names-and-ids.ts';
import { orUnknownUser, userPath } from '../../names/users.ts';
import type { Column } from '../../output/column.ts';
import { minuteOf } from '../../output/printable.ts';
import { printJson, printRows } from '../../output/rows.ts';

export interface HistoryOptions extends CommonOptions {
  readonly at?: string;
}

/** L-31. */
export async function userHistory(name: string, options: HistoryOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const path = `/allot/v1/users/${await idOf(client, name)}/history`;
  if (options.at !== undefined) {
    const then = await client.get<PastLicensing>(`${path}?at=${encodeURIComponent(options.at)}`);
    if (format === 'json') return printJson(then, io);
    return printRows(licenseColumns, then.licenses, format, io, `${name} had no licenses then.`);
  }
  const { value } = await client.get<Collection<PastLicensing>>(path);
  const rows = value.map((moment, i) => ({
    ...moment,
    changes: changesOf(value[i + 1]?.licenses ?? [], moment.licenses),
  }));
  return printRows(momentColumns, rows, format, io, `${name} never had a license, and no group asked for any.`);
}

/** An id is not looked up: a deleted user has a history, too. */
async function idOf(client: Client, name: string): Promise<string> {
  if (isId(name)) return name;
  return (await orUnknownUser(client, name, client.get<{ readonly id: string }>(`${userPath(name)}?$select=id`))).id;
}

const licenseColumns: readonly Column<PastLicense>[] = [
  { key: 'skuPartNumber', heading: 'Product', value: ({ skuPartNumber }) => skuPartNumber },
  { key: 'skuId', value: ({ skuId }) => skuId },
  { key: 'source', value: ({ source }) => source },
  {
    key: 'sourceName',
    heading: 'From',
    value: ({ sourceName }) => sourceName,
    text: (license) => sourceOf(license),
  },
  { key: 'state', heading: 'State', value: ({ state }) => state },
  { key: 'error', heading: 'Error', value: ({ error }) => (error === 'None' ? null : error) },
  {
    key: 'servicePlans',
    heading: 'Plans',
    value: ({ servicePlans }) => servicePlans,
    text: ({ servicePlans }) => String(servicePlans.length),
  },
];

const momentColumns: readonly Column<PastLicensing & { readonly changes: readonly string[] }>[] = [
  {
    key: 'since',
    heading: 'Since',
    value: ({ since }) => since,
    text: ({ since }) => (since === null ? 'before' : minuteOf(since)),
  },
  { key: 'activity', value: ({ change }) => change?.activity ?? null },
  {
    key: 'causes',
    heading: 'Caused by',
    value: ({ change }) => change?.causes?.map(causeOf) ?? [],
    text: ({ change }) => firstCause(change?.causes ?? []) ?? change?.activity ?? '',
  },
  { key: 'correlationId', value: ({ change }) => change?.correlationId ?? null },
  { key: 'licenses', value: ({ licenses }) => ({ licenses }), jsonOnly: true },
  {
    key: 'changes',
    heading: 'What changed',
    value: ({ changes }) => changes,
    text: ({ changes }) => changes.join('; '),
    wraps: true,
  },
];

const causeOf = ({ activity, initiatedBy }: Cause): string =>
  `${activity} (${initiatedBy.displayName || initiatedBy.id})`;

function firstCause([first, ...others]: readonly Cause[]): string | undefined {
  return first && `${causeOf(first)}${others.length ? ` and ${others.length} more` : ''}`;
}

const sourceOf = ({ source, sourceName }: PastLicense): string =>
  source === 'direct' ? 'direct' : `group ${sourceName}`;

/** In words, what came, went, and became otherwise. */
function changesOf(before: readonly PastLicense[], now: readonly PastLicense[]): string[] {
  const keyed = (licenses: readonly PastLicense[]) =>
    new Map(licenses.map((one) => [`${one.source} ${one.skuId}`, one]));
  const [old, present] = [keyed(before), keyed(now)];
  const changes: string[] = [];
  for (const [key, license] of present) {
    const was = old.get(key);
    if (was && JSON.stringify(was) === JSON.stringify(license)) continue;
    changes.push(`${named(license)}: ${was ? differenceOf(was, license) : standingOf(license)}`);
  }
  for (const [key, license] of old) if (!present.has(key)) changes.push(`${named(license)}: gone`);
  return changes;
}

const named = (license: PastLicense): string => `${license.skuPartNumber} (${sourceOf(license)})`;

const standingOf = ({ state, error }: PastLicense): string => (error === 'None' ? state : `${state}, ${error}`);

function differenceOf(was: PastLicense, license: PastLicense): string {
  const came = license.servicePlans.filter((planId) => !was.servicePlans.includes(planId)).length;
  const went = was.servicePlans.filter((planId) => !license.servicePlans.includes(planId)).length;
  return (
    [
      ...(standingOf(was) === standingOf(license) ? [] : [standingOf(license)]),
      ...(came ? [`${came} more service plan${came > 1 ? 's' : ''} on`] : []),
      ...(went ? [`${went} service plan${went > 1 ? 's' : ''} off`] : []),
    ].join(', ') || 'other plans asked for'
  );
}
