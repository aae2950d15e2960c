import type { Command } from 'commander';
import type { Processing } from '@allot/contract';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { askingCommand, openSession } from '../leaf-command.ts';
import type { CommonOptions } from '../leaf-command.ts';
import { GroupNames } from '../names/group-names.ts';
import type { Column } from '../output/column.ts';
import { asObjects, printJson, printRows } from '../output/rows.ts';
import { waitForAll, waitMinutesMax } from '../wait-for-processing.ts';

export function processingCommand(program: Command, io: Io): void {
  askingCommand(program, 'processing', {
    summary: 'show what is being processed in the background',
    more: `A table has only the groups that are not done. With --wait the command ends when everything accepted so far is settled, or fails after ${waitMinutesMax} minutes.`,
    examples: ['processing', 'processing --wait'],
  })
    .option('--wait', 'until everything accepted so far is settled')
    .action((options: CommonOptions & { readonly wait?: boolean }) => showProcessing(options, io));
}

interface GroupRow {
  readonly group: Processing['groups'][number];
  readonly name: string;
}

async function showProcessing(options: CommonOptions & { readonly wait?: boolean }, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const { pending, groups } = options.wait
    ? await waitForAll(client, io)
    : await client.get<Processing>('/allot/v1/processing');
  const names = new GroupNames(client);
  await names.load(groups.map(({ id }) => id));
  const rows = groups.map((group) => ({ group, name: names.of(group.id) }));
  if (format === 'json') return printJson({ pending, groups: asObjects(groupColumns, rows) }, io);
  if (format === 'csv') return printRows(groupColumns, rows, format, io, '');
  const running = rows.filter(({ group }) => group.state !== 'ProcessingComplete');
  const text = pending === 0 ? 'Everything accepted so far is settled.' : `${pending} changes are pending.`;
  await write(io.out, `${text}\n${running.length === 0 ? '' : '\n'}`);
  return running.length === 0 ? undefined : printRows(groupColumns, running, format, io, '');
}

const groupColumns: readonly Column<GroupRow>[] = [
  { key: 'displayName', heading: 'Group', value: ({ name }) => name },
  { key: 'id', value: ({ group }) => group.id },
  { key: 'state', heading: 'State', value: ({ group }) => group.state },
  { key: 'done', heading: 'Done', value: ({ group }) => group.done },
  { key: 'total', heading: 'Total', value: ({ group }) => group.total },
  { key: 'failed', heading: 'Failed', value: ({ group }) => group.failed },
  { key: 'etaSeconds', heading: 'Seconds left', value: ({ group }) => group.etaSeconds },
];
