import type { Io } from '../../io.ts';
import { openSession } from '../../leaf-command.ts';
import type { CommonOptions } from '../../leaf-command.ts';
import { findGroup } from '../../names/groups.ts';
import type { Column } from '../../output/column.ts';
import { rowWriter } from '../../output/rows.ts';
import { pageSize, upTo } from '../../page-size.ts';

export interface ListMembersOptions extends CommonOptions {
  readonly errors?: boolean;
  readonly limit?: number;
}

interface Member {
  readonly '@odata.type'?: string;
  readonly id: string;
  readonly displayName: string | null;
  readonly userPrincipalName?: string | null;
}

export async function listMembers(name: string, options: ListMembersOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const { id } = await findGroup(client, name);
  const relation = options.errors === true ? 'membersWithLicenseErrors' : 'members';
  const path = `/v1.0/groups/${id}/${relation}?$select=id,displayName,userPrincipalName&$top=${pageSize(options.limit)}`;
  const empty = options.errors === true ? 'No member is in error because of this group.' : 'The group has no members.';
  const writer = rowWriter(memberColumns, format, io, empty);
  for await (const members of upTo(options.limit, client.pages<Member>(path))) await writer.rows(members);
  await writer.end();
}

const memberColumns: readonly Column<Member>[] = [
  {
    key: 'userPrincipalName',
    heading: 'Member',
    value: ({ userPrincipalName }) => userPrincipalName ?? null,
    text: ({ userPrincipalName, id }) => userPrincipalName ?? id,
    whole: true,
  },
  { key: 'id', value: ({ id }) => id },
  { key: 'displayName', heading: 'Name', value: ({ displayName }) => displayName },
  // Members may be devices and groups, which inherit nothing.
  {
    key: 'kind',
    heading: 'Kind',
    value: (member) => (member['@odata.type'] ?? 'user').replace('#microsoft.graph.', ''),
  },
];
