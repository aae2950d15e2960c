import type { Command } from 'commander';
import type { Summary } from '@allot/contract';
import { calledAs, terminalColumns, write } from '../io.ts';
import type { Io } from '../io.ts';
import { askingCommand, openSession } from '../leaf-command.ts';
import type { CommonOptions } from '../leaf-command.ts';
import { printJson, printRows } from '../output/rows.ts';
import { seatColumns, summaryText } from '../summary-text.ts';

export function summaryCommand(program: Command, io: Io): void {
  askingCommand(program, 'summary', {
    summary: 'show the tenant at a glance',
    more: 'Users, licenses, seats, errors, and where to look. --csv prints the seats of the products.',
    examples: ['summary', 'summary --json | jq .errors'],
  }).action((options: CommonOptions) => showSummary(options, io));
}

async function showSummary(options: CommonOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const summary = await client.get<Summary>('/allot/v1/summary');
  if (format === 'json') return printJson(summary, io);
  if (format === 'csv') return printRows(seatColumns, summary.products, format, io, '');
  const place = { allot: calledAs(io.env), baseUrl: client.baseUrl, terminalColumns: terminalColumns(io.out) };
  return write(io.out, summaryText(summary, place));
}
