import type { Command } from 'commander';
import type { Account, AccountWithLink } from '@allot/contract';
import { usageFailure } from '../failure.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { askingCommand, openSession } from '../leaf-command.ts';
import type { CommonOptions, Session } from '../leaf-command.ts';
import { findAccount, loadAccounts } from '../names/accounts.ts';
import { orUnknownUser } from '../names/users.ts';
import type { Column } from '../output/column.ts';
import { printable } from '../output/printable.ts';
import { printRows } from '../output/rows.ts';

interface CreateOptions extends CommonOptions {
  readonly local?: boolean;
  readonly displayName?: string;
}

export function accountCommands(program: Command, io: Io): void {
  const account = program
    .command('account')
    .summary('people who may sign in')
    .description('People who may sign in. What they may do there, roles say: allot role.');
  const which = 'sign-in name or id';

  askingCommand(account, 'list', {
    summary: 'list the people who may sign in',
    examples: ['account list', "account list --json | jq -r '.[] | select(.ready | not) | .signInName'"],
  }).action((options: CommonOptions) => listAccounts(options, io));

  askingCommand(account, 'create', {
    summary: 'let somebody sign in, and show a one-time link to hand over',
    more:
      'The link sets password and authenticator app, once, and is good for a day. A local administrator is nobody in the directory: ' +
      'for whoever must get in when the directory is wrong.',
    examples: ['account create adele@contoso.example', "account create eve --local --display-name 'Eve Example'"],
  })
    .argument('<name>', 'user principal name or id; with --local a new sign-in name')
    .option('--local', 'make a local administrator')
    .option('--display-name <name>', 'with --local: what the person is shown by; default: the sign-in name')
    .action((name: string, options: CreateOptions) => createAccount(name, options, io));

  askingCommand(account, 'link', {
    summary: 'show a new one-time link for who lost password or phone',
    more: 'Using it ends every session of the person; until then the person signs in as before.',
    examples: ['account link adele@contoso.example'],
  })
    .argument('<account>', which)
    .action((name: string, options: CommonOptions) => createLink(name, options, io));

  askingCommand(account, 'disable', {
    summary: 'shut somebody out at once',
    examples: ['account disable adele@contoso.example'],
  })
    .argument('<account>', which)
    .action((name: string, options: CommonOptions) => enable(name, false, options, io));

  askingCommand(account, 'enable', {
    summary: 'let somebody sign in again',
    examples: ['account enable adele@contoso.example'],
  })
    .argument('<account>', which)
    .action((name: string, options: CommonOptions) => enable(name, true, options, io));

  askingCommand(account, 'delete', {
    summary: 'let somebody sign in no more, and take all roles away',
    more: 'A directory user stays one, with all licenses.',
    examples: ['account delete eve'],
  })
    .argument('<account>', which)
    .action((name: string, options: CommonOptions) => deleteAccount(name, options, io));
}

const accountPath = ({ id }: Account): string => `/allot/v1/accounts/${id}`;

async function listAccounts(options: CommonOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  await printRows(columns, await loadAccounts(client), format, io, 'Nobody may sign in: allot account create.');
}

async function createAccount(name: string, options: CreateOptions, io: Io): Promise<void> {
  const { local = false, displayName } = options;
  if (!local && displayName !== undefined) {
    throw usageFailure('--display-name goes with --local.', 'A user has a name in the directory.');
  }
  const session = await openSession(options, io);
  const { client } = session;
  const body = local ? { signInName: name, displayName: displayName ?? name } : { user: name };
  const made = client.send<AccountWithLink>('POST', '/allot/v1/accounts', body);
  await tellLink(session, local ? await made : await orUnknownUser(client, name, made));
}

async function createLink(name: string, options: CommonOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const account = await findAccount(session.client, name);
  await tellLink(session, await session.client.send<AccountWithLink>('POST', `${accountPath(account)}/link`));
}

async function tellLink({ format, io }: Session, account: AccountWithLink | undefined): Promise<void> {
  if (account === undefined) throw new Error('No account was answered.');
  if (format !== 'table') {
    const withLink = [...columns, { key: 'link', value: () => account.link }];
    return printRows(withLink, [account], format, io, '');
  }
  const text = `${printable(account.signInName)} sets password and authenticator app, once, with\n${printable(account.link)}\n`;
  return write(io.out, text);
}

async function enable(name: string, enabled: boolean, options: CommonOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const account = await findAccount(session.client, name);
  const changed = await session.client.send<Account>('PATCH', accountPath(account), { enabled });
  if (changed === undefined) throw new Error('No account was answered.');
  const stays = enabled && !changed.enabled ? 'is enabled, and its user is still disabled in the directory' : undefined;
  await tellAccount(session, changed, stays ?? (enabled ? 'may sign in' : 'may not sign in any more'));
}

async function deleteAccount(name: string, options: CommonOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const account = await findAccount(session.client, name);
  await session.client.send('DELETE', accountPath(account));
  await tellAccount(session, account, 'has no account any more');
}

async function tellAccount({ format, io }: Session, account: Account, text: string): Promise<void> {
  if (format !== 'table') return printRows(columns, [account], format, io, '');
  return write(io.out, `${printable(account.signInName)} ${text}\n`);
}

const columns: readonly Column<Account>[] = [
  { key: 'signInName', heading: 'Account', value: ({ signInName }) => signInName, whole: true },
  { key: 'displayName', heading: 'Name', value: ({ displayName }) => displayName },
  { key: 'id', value: ({ id }) => id },
  { key: 'local', heading: 'Local', value: ({ local }) => local },
  { key: 'enabled', heading: 'Enabled', value: ({ enabled }) => enabled },
  { key: 'ready', heading: 'Password set', value: ({ ready }) => ready },
];
