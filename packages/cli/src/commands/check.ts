import type { Command } from 'commander';
import type { CheckOutcome, CheckResult } from '@allot/contract';
import { CouldNotRun, FailuresReported } from '../failure.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { askingCommand, openSession } from '../leaf-command.ts';
import type { CommonOptions } from '../leaf-command.ts';
import type { Column } from '../output/column.ts';
import { printable } from '../output/printable.ts';
import { printJson, printRows } from '../output/rows.ts';

export function checkCommand(program: Command, io: Io): void {
  askingCommand(program, 'check', {
    summary: 'count everything again, and tell what does not agree',
    more: [
      'Compares cohorts with the directory, seats with their holders, the waiting lines with the users in error, what is settled with',
      'what was accepted, and the record with what it records. Reads one snapshot and locks nothing: it may run at any time. What is',
      'pending is told, and is no difference. Ends with 0 when everything agrees, with 1 when something does not (a sentence each, on',
      'standard output), and with 2 when it could not run.',
    ].join(' '),
    examples: ['check', "check --json | jq '.checks[] | select(.count > 0)'", 'check || systemctl stop allot'],
  }).action((options: CommonOptions) => check(options, io));
}

async function check(options: CommonOptions, io: Io): Promise<void> {
  let result: CheckResult;
  let format;
  try {
    const session = await openSession(options, io);
    format = session.format;
    result = await session.client.get<CheckResult>('/allot/v1/check');
  } catch (error) {
    throw new CouldNotRun(error);
  }
  if (format === 'json') await printJson(result, io);
  else if (format === 'csv') await printRows(columns, rowsOf(result), format, io, '');
  else await write(io.out, textOf(result));
  if (!result.clean) throw new FailuresReported();
}

interface Row {
  readonly check: string;
  readonly sentence: string;
}

const columns: readonly Column<Row>[] = [
  { key: 'check', heading: 'Check', value: ({ check: name }) => name },
  { key: 'sentence', heading: 'Difference', value: ({ sentence }) => sentence },
];

const rowsOf = ({ checks }: CheckResult): Row[] =>
  checks.flatMap(({ name, differences }) => differences.map(({ sentence }) => ({ check: name, sentence })));

function textOf({ clean, checked, pending, checks }: CheckResult): string {
  const { users, cohorts, products } = checked;
  const lines = [
    `Checked ${count(users)} users, ${count(cohorts)} cohorts and ${count(products)} products, in ${checks.length} ways.`,
    pendingLine(pending),
    ...checks.flatMap((outcome) => (outcome.count === 0 ? [] : ['', ...outcomeLines(outcome)])),
    ...(clean ? ['Everything agrees.'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function pendingLine({ users, deferredUsers, groups, rules }: CheckResult['pending']): string {
  if (users + deferredUsers + groups + rules === 0) return 'Nothing is pending.';
  const deferred = deferredUsers === 0 ? '' : ` (${count(deferredUsers)} more held back while autoResolve is off)`;
  return `Pending, and left out: ${count(users)} users${deferred}, ${count(groups)} groups${rules === 0 ? '' : `, ${count(rules)} changes that rules have not followed`}.`;
}

function outcomeLines({ name, claim, count: found, differences }: CheckOutcome): string[] {
  const more = found - differences.length;
  return [
    `${name}: ${count(found)} ${found === 1 ? 'difference' : 'differences'}. ${claim} But:`,
    ...differences.map(({ sentence }) => `  ${printable(sentence)}`),
    ...(more > 0 ? [`  … and ${count(more)} more`] : []),
  ];
}

const count = (number: number): string => number.toLocaleString('en-US');
