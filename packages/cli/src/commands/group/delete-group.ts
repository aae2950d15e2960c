import { ApiError, type Client } from '@allot/contract';
import { write } from '../../io.ts';
import type { Io } from '../../io.ts';
import { openSession } from '../../leaf-command.ts';
import type { CommonOptions, Session } from '../../leaf-command.ts';
import { deletedPath, findDeleted } from '../../names/deleted.ts';
import { findGroup } from '../../names/groups.ts';
import type { NamedGroup } from '../../names/groups.ts';
import type { Column } from '../../output/column.ts';
import { printable } from '../../output/printable.ts';
import { printRows } from '../../output/rows.ts';
import { waitForGroup } from '../../wait-for-processing.ts';

export interface DeleteGroupOptions extends CommonOptions {
  readonly removeLicenses?: boolean;
  readonly wait?: boolean;
}

/** L-25: a licensed group goes when its members have lost its licenses, which happens in the background. */
export async function deleteGroup(name: string, options: DeleteGroupOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const { client } = session;
  const group = await findGroup(client, name);
  const query = options.removeLicenses === true ? '?removeLicenses=true' : '';
  await client.send('DELETE', `/v1.0/groups/${group.id}${query}`);
  if (options.wait === true) await unlessGone(waitForGroup(client, group.id, io));
  const deleted = !(await exists(client, group.id));
  const stays =
    options.wait === true
      ? `stays until its members are not in error: allot group errors '${printable(group.displayName)}' says why`
      : 'accepted; it goes when its members have lost its licenses';
  await tellGroup(session, { group, deleted }, deleted ? 'deleted' : stays);
}

/** Brings a group back with its members and settings, without licenses. */
export async function restoreGroup(name: string, options: CommonOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const path = deletedPath(await findDeleted(session.client, 'group', name));
  const group = await session.client.send<NamedGroup>('POST', `${path}/restore`);
  if (group === undefined) throw new Error('A restored group was not answered.');
  await tellGroup(session, { group, deleted: false }, 'restored, without licenses');
}

const exists = async (client: Client, id: string): Promise<boolean> =>
  (await unlessGone(client.get(`/v1.0/groups/${id}?$select=id`))) !== undefined;

/** Undefined instead of Graph's 404. */
async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

interface ToldGroup {
  readonly group: NamedGroup;
  readonly deleted: boolean;
}

async function tellGroup({ format, io }: Session, told: ToldGroup, text: string): Promise<void> {
  if (format !== 'table') return printRows(columns, [told], format, io, '');
  return write(io.out, `${printable(told.group.displayName)}: ${text}\n`);
}

const columns: readonly Column<ToldGroup>[] = [
  { key: 'id', value: ({ group }) => group.id },
  { key: 'displayName', value: ({ group }) => group.displayName },
  { key: 'deleted', value: ({ deleted }) => deleted },
];
