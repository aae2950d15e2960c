import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { importFile } from '../import/import-file.ts';
import type { ImportKind, ImportOptions } from '../import/import-file.ts';
import { askingCommand } from '../leaf-command.ts';

export function importCommands(program: Command, io: Io): void {
  const parent = program
    .command('import')
    .summary('products, users and groups from files')
    .description('Products, users and groups from files.');
  for (const { kind, summary, more, examples } of kinds) {
    const command = askingCommand(parent, kind, {
      summary,
      more: `${more}\n\n${checkedWhole}`,
      examples: examples.map((example) => `import ${kind} ${example}`),
    })
      .argument('<file>', 'CSV; comma, semicolon or tab; UTF-8 or UTF-16')
      .option('--skip-bad', 'import the good rows, and write the bad ones to FILE.bad.csv')
      .option('--dry-run', 'only check the file and say what would change')
      .action((file: string, options: ImportOptions) => importFile(kind, file, options, io));
    if (kind === 'products') command.option('--yes', 'import without asking');
    if (kind === 'users') {
      command.option(
        '--map <column=property>',
        'a column of your own, such as "Cost center=extensionAttribute1" (may be repeated)',
        mapping,
      );
    }
  }
}

function mapping(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = text.lastIndexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('Write it as COLUMN=PROPERTY.');
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
}

const checkedWhole =
  'The file is checked whole before anything is written: with one bad row nothing is, unless --skip-bad is given. ' +
  'Bad rows are reported as FILE:LINE:COLUMN. --csv prints them as CSV.';

interface KindText {
  readonly kind: ImportKind;
  readonly summary: string;
  readonly more: string;
  readonly examples: readonly string[];
}

const kinds: readonly KindText[] = [
  {
    kind: 'products',
    summary: 'import Microsoft’s list of products and service plans',
    more:
      'The file “Product names and service plan identifiers for licensing”, of any date, as it is downloaded. What it changes, ' +
      'in which groups and for how many users, is shown first; on a terminal you are asked whether to go on.',
    examples: [
      '"Product names and service plan identifiers for licensing.csv"',
      'products.csv --dry-run',
      'products.csv --yes',
    ],
  },
  {
    kind: 'users',
    summary: 'import users',
    more:
      'What the Microsoft 365 admin center exports as active users, or its template for many users: the same columns ' +
      'in any order. Users are found by user principal name; new ones are created, others updated.',
    examples: ['users.csv', 'users.csv --skip-bad', 'users.csv --map "Cost center=extensionAttribute1"'],
  },
  {
    kind: 'groups',
    summary: 'import groups, their members and licenses',
    more:
      'One group a row: displayName, description, members (user principal names separated by ;) and licenses ' +
      '(PART_NUMBER[-PLAN,-PLAN];…: the plans after a hyphen are switched off).',
    examples: ['groups.csv', 'groups.csv --dry-run'],
  },
];
