import type { Explanation, Collection } from '@allot/contract';
import type { Io } from '../../io.ts';
import { openSession } from '../../leaf-command.ts';
import type { CommonOptions } from '../../leaf-command.ts';
import { orUnknownUser, userPath } from '../../names/users.ts';
import type { Column } from '../../output/column.ts';
import { printRows } from '../../output/rows.ts';

/** L-28. */
export async function explainUser(name: string, options: CommonOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const user = await orUnknownUser(client, name, client.get<{ readonly id: string }>(`${userPath(name)}?$select=id`));
  const { value } = await client.get<Collection<Explanation>>(`/allot/v1/users/${user.id}/explanation`);
  const empty = `${name} has no licenses, and no group asks for any.`;
  await printRows(explanationColumns, value, format, io, empty);
}

const explanationColumns: readonly Column<Explanation>[] = [
  { key: 'skuPartNumber', heading: 'Product', value: ({ skuPartNumber }) => skuPartNumber },
  { key: 'skuId', value: ({ skuId }) => skuId },
  { key: 'source', value: ({ source }) => source },
  {
    key: 'sourceName',
    heading: 'From',
    value: ({ sourceName }) => sourceName,
    text: ({ source, sourceName }) => (source === 'direct' ? 'direct' : `group ${sourceName}`),
  },
  { key: 'state', heading: 'State', value: ({ state }) => state },
  { key: 'error', heading: 'Error', value: ({ error }) => (error === 'None' ? null : error), whole: true },
  { key: 'reason', value: ({ reason }) => reason, jsonOnly: true },
  { key: 'sentence', heading: 'Why', value: ({ sentence }) => sentence, wraps: true },
];
