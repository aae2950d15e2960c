import type { GroupErrorCause, Collection } from '@allot/contract';
import type { Io } from '../../io.ts';
import { openSession } from '../../leaf-command.ts';
import type { CommonOptions } from '../../leaf-command.ts';
import { findGroup } from '../../names/groups.ts';
import type { Column } from '../../output/column.ts';
import { printRows } from '../../output/rows.ts';

export async function listGroupErrors(name: string, options: CommonOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const { id } = await findGroup(client, name);
  const { value } = await client.get<Collection<GroupErrorCause>>(`/allot/v1/groups/${id}/errors`);
  await printRows(causeColumns, value, format, io, 'No member is in error because of this group.');
}

const causeColumns: readonly Column<GroupErrorCause>[] = [
  { key: 'count', heading: 'Users', value: ({ count }) => count },
  { key: 'error', heading: 'Error', value: ({ error }) => error, whole: true },
  { key: 'skuPartNumber', heading: 'Product', value: ({ skuPartNumber }) => skuPartNumber },
  { key: 'skuId', value: ({ skuId }) => skuId },
  {
    key: 'sampleUsers',
    heading: 'For example',
    value: ({ sampleUsers }) => sampleUsers.map(({ userPrincipalName }) => userPrincipalName),
    text: ({ sampleUsers }) => sampleUsers[0]?.userPrincipalName ?? '',
  },
  { key: 'reason', heading: 'Why', value: ({ reason }) => reason, wraps: true },
];
