import type { Command } from 'commander';
import { askForDeviceCode, type CallerDescription, revokeTokens, waitForPerson } from '@allot/contract';
import { serverNamed } from '../connection/connect.ts';
import { hasCredentials, readCredentials } from '../connection/read-credentials.ts';
import { alone, readSignIn, removeSignIn, signInPath, writeSignIn } from '../connection/sign-in-file.ts';
import { usageFailure } from '../failure.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { askingCommand, leafCommand, openSession } from '../leaf-command.ts';
import type { CommonOptions } from '../leaf-command.ts';
import { GroupNames } from '../names/group-names.ts';
import { printable } from '../output/printable.ts';
import { printJson, printRows } from '../output/rows.ts';
import type { Column } from '../output/column.ts';

interface LoginOptions {
  readonly server?: string;
  readonly tenant?: string;
}

export function signInCommands(program: Command, io: Io): void {
  leafCommand(program, 'login', {
    summary: 'sign in as a person, in a browser on any device',
    more: 'Shows an address and a code, and waits until you have signed in there. Other commands then ask in your name, unless there are credentials of an application.',
    examples: ['login', 'login --server https://licenses.example.com --tenant contoso.example'],
  })
    .option('--server <url>', 'where the server is (ALLOT_BASE_URL); default: where you signed in last')
    .option('--tenant <tenant>', 'id or initial domain of the organization; default: where you signed in last')
    .action((options: LoginOptions) => login(options, io));
  leafCommand(program, 'logout', {
    summary: 'forget who is signed in, here and at the server',
    examples: ['logout'],
  }).action(() => logout(io));
  askingCommand(program, 'whoami', {
    summary: 'show who asks, and what they may do',
    examples: ['whoami', 'whoami --json'],
  }).action((options: CommonOptions) => whoami(options, io));
}

async function login(options: LoginOptions, io: Io): Promise<void> {
  const place = await placeOf(options, io);
  signInPath(io);
  const code = await askForDeviceCode(place);
  await write(io.out, `Open ${printable(code.address)}\nand type the code ${printable(code.userCode)}\n`);
  const tokens = await waitForPerson(place, code);
  await alone(io, () => writeSignIn(io, { ...place, ...tokens }));
  await write(io.out, 'You are signed in. allot whoami shows as whom.\n');
}

/** What is named, else what the credentials of an application here say, else where somebody signed in last. */
async function placeOf(options: LoginOptions, io: Io) {
  const server = serverNamed(options, io);
  const known = (await hasCredentials(undefined, io)) ? await readCredentials(undefined, io) : await readSignIn(io);
  const baseUrl = (server ?? known?.baseUrl)?.replace(/\/+$/, '');
  const tenantId = options.tenant ?? known?.tenantId;
  if (baseUrl === undefined)
    throw usageFailure('No server is named.', 'Name it with --server, such as https://licenses.example.com.');
  if (tenantId === undefined) {
    throw usageFailure('No organization is named.', 'Name it with --tenant: its id or its initial domain.');
  }
  return { baseUrl, tenantId };
}

async function logout(io: Io): Promise<void> {
  const signIn = await readSignIn(io);
  await alone(io, () => removeSignIn(io));
  if (signIn === undefined) return write(io.out, 'Nobody is signed in here.\n');
  await revokeTokens(signIn, signIn.refreshToken);
  return write(io.out, 'You are signed out.\n');
}

async function whoami(options: CommonOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const caller = await client.get<CallerDescription>('/allot/v1/me');
  if (format === 'json') return printJson(caller, io);
  if (caller.kind === 'application') {
    if (format === 'table') await write(io.out, `${printable(caller.displayName)}, the application ${caller.id}\n\n`);
    return printRows(permissionColumns, caller.permissions, format, io, 'No permissions.\n');
  }
  const names = new GroupNames(client);
  const groupIds = caller.roles.flatMap(({ groupId }) => groupId ?? []);
  // Somebody who may not read groups sees their ids.
  await names.load(groupIds).catch(() => undefined);
  if (format === 'table')
    await write(io.out, `${printable(caller.displayName)} (${printable(caller.userPrincipalName)})\n\n`);
  const rows = caller.roles.map(({ displayName, groupId }) => ({
    role: displayName,
    groupId,
    group: groupId === null ? 'everywhere' : names.of(groupId),
  }));
  return printRows(roleColumns, rows, format, io, 'No roles.\n');
}

const permissionColumns: readonly Column<string>[] = [
  { key: 'permission', heading: 'Permission', value: (name) => name },
];

const roleColumns: readonly Column<{
  readonly role: string;
  readonly group: string;
  readonly groupId: string | null;
}>[] = [
  { key: 'role', heading: 'Role', value: ({ role }) => role },
  { key: 'group', heading: 'For', value: ({ group }) => group },
  { key: 'groupId', value: ({ groupId }) => groupId ?? '' },
];
