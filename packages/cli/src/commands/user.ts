import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { askingCommand } from '../leaf-command.ts';
import type { CommonOptions } from '../leaf-command.ts';
import { licenseChangeNote, licenseChangeOptions } from '../license-change.ts';
import type { LicenseChangeOptions } from '../license-change.ts';
import { wholeNumber } from '../whole-number.ts';
import { explainUser } from './user/explain-user.ts';
import { userHistory } from './user/user-history.ts';
import type { HistoryOptions } from './user/user-history.ts';
import { assignToUsers, deleteUsers, reprocessUsers, restoreUsers } from './user/change-users.ts';
import type { RestoreUsersOptions } from './user/change-users.ts';
import { listUsers } from './user/list-users.ts';
import type { ListUsersOptions } from './user/list-users.ts';
import { showUser } from './user/show-user.ts';

export function userCommands(program: Command, io: Io): void {
  const user = program.command('user').summary('users and their licenses').description('Users and their licenses.');
  const who = 'user principal name or id';

  askingCommand(user, 'show', {
    summary: 'show a user and where each of its licenses comes from',
    more: '--csv prints the licenses.',
    examples: ['user show adele@contoso.com', 'user show adele@contoso.com --json'],
  })
    .argument('<user>', who)
    .action((name: string, options: CommonOptions) => showUser(name, options, io));

  askingCommand(user, 'list', {
    summary: 'list users with their products',
    more: '--filter is Microsoft Graph’s $filter; only one of --product, --filter and --search can be given.',
    examples: [
      'user list --search adele',
      'user list --product ENTERPRISEPACK --csv > e3.csv',
      'user list --filter "department eq \'Sales\'" --limit 50',
    ],
  })
    .option('--deleted', 'users who are deleted and can be restored')
    .option('--product <product>', 'only users who have this product')
    .option('--filter <filter>', 'only users that match')
    .option('--search <text>', 'only users whose name, surname or user principal name begins so')
    .option('--limit <number>', 'at most so many', wholeNumber)
    .action((options: ListUsersOptions) => listUsers(options, io));

  licenseChangeOptions(
    askingCommand(user, 'assign', {
      summary: 'assign products to users directly, or take them away',
      more: `${licenseChangeNote}\n\nEach user is changed whole or not at all; a user that is refused does not stop the others.`,
      examples: [
        'user assign adele@contoso.com --add ENTERPRISEPACK --disable YAMMER_ENTERPRISE,SWAY',
        'user assign adele@contoso.com --add ENTERPRISEPACK --only YAMMER_ENTERPRISE',
        'user assign adele@contoso.com alex@contoso.com --remove STANDARDPACK --add ENTERPRISEPACK',
      ],
    }),
  )
    .argument('<users...>', who)
    .action((names: readonly string[], options: CommonOptions & LicenseChangeOptions) =>
      assignToUsers(names, options, io),
    );

  askingCommand(user, 'reprocess', {
    summary: 'settle the licenses of users again, now',
    examples: ['user reprocess adele@contoso.com'],
  })
    .argument('<users...>', who)
    .action((names: readonly string[], options: CommonOptions) => reprocessUsers(names, options, io));

  deletingCommands(user, who, io);

  askingCommand(user, 'explain', {
    summary: 'say why a user has a product, or does not have it',
    examples: ['user explain adele@contoso.com', 'user explain adele@contoso.com --json'],
  })
    .argument('<user>', who)
    .action((name: string, options: CommonOptions) => explainUser(name, options, io));

  askingCommand(user, 'history', {
    summary: 'show what a user had when, and who caused it',
    more: 'Newest first. Times are UTC. A deleted user is named by id. --json has correlation ids for ‘allot audit list --correlation ID’.',
    examples: ['user history adele@contoso.com', 'user history adele@contoso.com --at 2026-11-20T08:00:00Z'],
  })
    .argument('<user>', who)
    .option('--at <time>', 'what the user had at this instant')
    .action((name: string, options: HistoryOptions) => userHistory(name, options, io));
}

function deletingCommands(user: Command, who: string, io: Io): void {
  askingCommand(user, 'delete', {
    summary: 'delete users; they can be restored for 30 days',
    more: 'Their licenses go to those who wait for one.',
    examples: ['user delete adele@contoso.com alex@contoso.com'],
  })
    .argument('<users...>', who)
    .action((names: readonly string[], options: CommonOptions) => deleteUsers(names, options, io));

  askingCommand(user, 'restore', {
    summary: 'restore deleted users with their groups and licenses',
    more: 'What cannot be granted any more, for want of a seat for example, is told as an error and stays asked for.',
    examples: ['user restore adele@contoso.com', 'user restore adele@contoso.com --as adele.vance@contoso.com'],
  })
    .argument('<users...>', who)
    .option('--as <name>', 'the user principal name from now on, if another user has the old one')
    .action((names: readonly string[], options: RestoreUsersOptions) => restoreUsers(names, options, io));
}
