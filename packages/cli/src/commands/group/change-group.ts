import type { Client, GroupErrorCause, Collection } from '@allot/contract';
import { write } from '../../io.ts';
import type { Io } from '../../io.ts';
import { openSession } from '../../leaf-command.ts';
import type { CommonOptions, Session } from '../../leaf-command.ts';
import { readLicenseChange } from '../../license-change.ts';
import type { LicenseChangeOptions } from '../../license-change.ts';
import { findGroup } from '../../names/groups.ts';
import type { NamedGroup } from '../../names/groups.ts';
import type { Column } from '../../output/column.ts';
import { printable } from '../../output/printable.ts';
import { printRows } from '../../output/rows.ts';
import { waitForGroup } from '../../wait-for-processing.ts';

export interface ReprocessGroupOptions extends CommonOptions {
  readonly wait?: boolean;
}

export interface AssignToGroupOptions extends ReprocessGroupOptions, LicenseChangeOptions {}

/** L-16: the server accepts or refuses the bundle at once and processes the members in the background. */
export async function assignToGroup(name: string, options: AssignToGroupOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const group = await findGroup(session.client, name);
  const change = await readLicenseChange(session.client, options);
  await session.client.send('POST', `/v1.0/groups/${group.id}/assignLicense`, change);
  await tellProcessing(session, group, options.wait === true);
}

/** L-17. */
export async function reprocessGroup(name: string, options: ReprocessGroupOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const group = await findGroup(session.client, name);
  await session.client.send('POST', `/allot/v1/groups/${group.id}/reprocess`);
  await tellProcessing(session, group, options.wait === true);
}

interface ProcessedGroup {
  readonly group: NamedGroup;
  readonly state: string;
  readonly errors: number | null;
}

async function tellProcessing({ client, format, io }: Session, group: NamedGroup, wait: boolean): Promise<void> {
  const state = wait ? (await waitForGroup(client, group.id, io)).state : 'accepted';
  const errors = wait ? await countErrors(client, group.id) : null;
  if (format !== 'table') return printRows(processedColumns, [{ group, state, errors }], format, io, '');
  const name = printable(group.displayName);
  const text = errors === null ? 'accepted; its members are processed in the background' : outcome(name, errors);
  return write(io.out, `${name}: ${text}\n`);
}

async function countErrors(client: Client, id: string): Promise<number> {
  const { value } = await client.get<Collection<GroupErrorCause>>(`/allot/v1/groups/${id}/errors`);
  return value.reduce((sum, { count }) => sum + count, 0);
}

function outcome(name: string, errors: number): string {
  if (errors === 0) return 'all members are processed, none is in error';
  const many = `${errors.toLocaleString('en-US')} ${errors === 1 ? 'assignment is' : 'assignments are'} in error`;
  return `all members are processed, ${many}: allot group errors '${name}' says why`;
}

const processedColumns: readonly Column<ProcessedGroup>[] = [
  { key: 'id', value: ({ group }) => group.id },
  { key: 'displayName', value: ({ group }) => group.displayName },
  { key: 'state', value: ({ state }) => state },
  { key: 'errors', value: ({ errors }) => errors },
];
