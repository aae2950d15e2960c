import type { Command } from 'commander';
import type { Client, Collection, GroupErrorCause } from '@allot/contract';
import type { Io } from '../io.ts';
import { askingCommand, openSession } from '../leaf-command.ts';
import type { CommonOptions } from '../leaf-command.ts';
import type { NamedGroup } from '../names/groups.ts';
import type { Column } from '../output/column.ts';
import { printRows } from '../output/rows.ts';
import { waitingLine } from '../output/waiting-line.ts';
import { pageSizeMax } from '../page-size.ts';

export function errorsCommand(program: Command, io: Io): void {
  askingCommand(program, 'errors', {
    summary: 'list what keeps users from their licenses, by cause, over all groups',
    more: 'A user that two groups fail to license counts in both.',
    examples: ['errors', 'errors --csv > errors.csv', 'errors --json | jq ".[0].groups"'],
  }).action((options: CommonOptions) => listErrors(options, io));
}

/** The same error of the same product for the same reason, in any number of groups. */
interface Cause {
  readonly error: string;
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly reason: string;
  readonly count: number;
  readonly groups: readonly (NamedGroup & { readonly count: number })[];
  readonly sampleUsers: GroupErrorCause['sampleUsers'];
}

async function listErrors(options: CommonOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const causes = await foldCauses(client, io);
  await printRows(causeColumns, causes, format, io, 'No user is in error because of a group.');
}

/** Users named as examples of a cause. */
const sampleUsersMax = 5;

async function foldCauses(client: Client, io: Io): Promise<readonly Cause[]> {
  const path = `/v1.0/groups?$filter=hasMembersWithLicenseErrors%20eq%20true&$select=id,displayName&$top=${pageSizeMax}`;
  const causes = new Map<string, Cause>();
  const line = waitingLine(io);
  let asked = 0;
  for await (const groups of client.pages<NamedGroup>(path)) {
    for (const group of groups) {
      asked += 1;
      line.show(`${asked} groups asked: ${group.displayName}`);
      const { value } = await client.get<Collection<GroupErrorCause>>(`/allot/v1/groups/${group.id}/errors`);
      for (const cause of value) addTo(causes, group, cause);
    }
  }
  line.clear();
  return [...causes.values()].sort((a, b) => b.count - a.count);
}

function addTo(causes: Map<string, Cause>, group: NamedGroup, cause: GroupErrorCause): void {
  const { error, skuId, skuPartNumber, reason, count, sampleUsers } = cause;
  const key = JSON.stringify([error, skuId, reason]);
  const before = causes.get(key) ?? { error, skuId, skuPartNumber, reason, count: 0, groups: [], sampleUsers: [] };
  const { id, displayName } = group;
  causes.set(key, {
    ...before,
    count: before.count + count,
    groups: [...before.groups, { id, displayName, count }],
    sampleUsers: [...before.sampleUsers, ...newTo(before.sampleUsers, sampleUsers)].slice(0, sampleUsersMax),
  });
}

/** A user whom two groups fail to license is an example once. */
const newTo = (known: Cause['sampleUsers'], users: Cause['sampleUsers']): Cause['sampleUsers'] =>
  users.filter((user) => !known.some(({ id }) => id === user.id));

const causeColumns: readonly Column<Cause>[] = [
  { key: 'count', heading: 'Users', value: ({ count }) => count },
  { key: 'error', heading: 'Error', value: ({ error }) => error, whole: true },
  { key: 'skuPartNumber', heading: 'Product', value: ({ skuPartNumber }) => skuPartNumber },
  { key: 'skuId', value: ({ skuId }) => skuId },
  {
    key: 'groups',
    heading: 'Groups',
    value: ({ groups }) => groups.map(({ displayName }) => displayName),
    text: ({ groups }) => namesInShort(groups.map(({ displayName }) => displayName)),
  },
  { key: 'groupIds', value: ({ groups }) => groups.map(({ id }) => id) },
  {
    key: 'sampleUsers',
    heading: 'For example',
    value: ({ sampleUsers }) => sampleUsers.map(({ userPrincipalName }) => userPrincipalName),
    text: ({ sampleUsers }) => sampleUsers[0]?.userPrincipalName ?? '',
  },
  { key: 'reason', heading: 'Why', value: ({ reason }) => reason, wraps: true },
];

function namesInShort(names: readonly string[]): string {
  const more = names.length - 2;
  return more > 0 ? `${names.slice(0, 2).join(', ')} and ${more} more` : names.join(', ');
}
