import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Application, ApplicationWithSecret } from '@allot/contract';
import { Failure, usageFailure } from '../failure.ts';
import { personsFolder, write } from '../io.ts';
import type { Io } from '../io.ts';
import { askingCommand, openSession } from '../leaf-command.ts';
import type { CommonOptions, Session } from '../leaf-command.ts';
import { applicationPath, findApplication, loadApplications } from '../names/applications.ts';
import { commaSeparated } from '../names/names-and-ids.ts';
import type { Column } from '../output/column.ts';
import { printable } from '../output/printable.ts';
import { printRows } from '../output/rows.ts';

interface CreateOptions extends CommonOptions {
  readonly permissions?: readonly string[];
  readonly delegated?: readonly string[];
  readonly redirectUri?: readonly string[];
  readonly public?: boolean;
}

interface CertificateOptions extends CommonOptions {
  readonly add?: string;
  readonly remove?: string;
}

export function applicationCommands(program: Command, io: Io): void {
  const application = program
    .command('application')
    .summary('programs that may ask')
    .description('Programs that may ask: in their own name, or in the name of people.');
  const which = 'display name or id';

  askingCommand(application, 'list', {
    summary: 'list the applications with their permissions',
    examples: ['application list', 'application list --json'],
  }).action((options: CommonOptions) => listApplications(options, io));

  askingCommand(application, 'create', {
    summary: 'register an application',
    more: 'It asks for tokens once it has a secret or a certificate, or is public. Nobody gives a permission that they do not have.',
    examples: [
      "application create 'Joiners and leavers' --permissions User.ReadWrite.All,Group.Read.All",
      "application create 'Dashboard' --delegated User.Read,Directory.Read.All --redirect-uri https://dashboard.example/signed-in",
    ],
  })
    .argument('<name>', 'display name')
    .option('--permissions <permissions>', 'what it may do in its own name, separated by commas', commaSeparated)
    .option('--delegated <permissions>', 'what it may do in the name of people, separated by commas', commaSeparated)
    .option('--redirect-uri <uris...>', 'where people come back to when they have signed in')
    .option('--public', 'it runs on machines of people and can keep no secret')
    .action((name: string, options: CreateOptions) => createApplication(name, options, io));

  askingCommand(application, 'secret', {
    summary: 'make a secret in the place of the old one, and show it',
    more: 'It can be read only now. The old one is refused from now on; with certificates one can follow another without a gap.',
    examples: [
      "application secret 'Joiners and leavers'",
      "application secret 'Joiners and leavers' --json | jq -r '.[].secret'",
    ],
  })
    .argument('<application>', which)
    .action((name: string, options: CommonOptions) => createSecret(name, options, io));

  askingCommand(application, 'certificate', {
    summary: 'show the certificates of an application, add one, or take one away',
    examples: [
      "application certificate 'Joiners and leavers'",
      "application certificate 'Joiners and leavers' --add joiners.pem",
      "application certificate 'Joiners and leavers' --remove 4hCbn8jGJ0ZP1aQYzOqJ1BvN2mTAjGk5nCkB0nDg2sE",
    ],
  })
    .argument('<application>', which)
    .option('--add <file>', 'certificate in PEM, without its key')
    .option('--remove <thumbprint>', 'as the list shows it')
    .action((name: string, options: CertificateOptions) => changeCertificates(name, options, io));

  askingCommand(application, 'delete', {
    summary: 'remove an application; its tokens are refused at once',
    examples: ["application delete 'Joiners and leavers'"],
  })
    .argument('<application>', which)
    .action((name: string, options: CommonOptions) => deleteApplication(name, options, io));
}

async function listApplications(options: CommonOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  await printRows(columns, await loadApplications(client), format, io, 'There are no applications.');
}

async function createApplication(name: string, options: CreateOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const { permissions = [], delegated = [], redirectUri = [], public: publicClient = false } = options;
  const made = await session.client.send<Application>('POST', '/allot/v1/applications', {
    displayName: name,
    permissions,
    delegatedPermissions: delegated,
    redirectUris: redirectUri,
    publicClient,
  });
  if (made === undefined) throw new Error('No application was answered.');
  const next = publicClient ? '' : `\nallot application secret ${made.id} makes its secret.`;
  await tellApplication(session, made, `is the application ${made.id}${next}`);
}

async function createSecret(name: string, options: CommonOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const { id } = await findApplication(client, name);
  const made = await client.send<ApplicationWithSecret>('POST', `${applicationPath(id)}/secret`);
  if (made === undefined) throw new Error('No application was answered.');
  if (format !== 'table') {
    return printRows([...columns, { key: 'secret', value: () => made.secret }], [made], format, io, '');
  }
  const text = `${printable(made.displayName)}, the application ${made.id}, has the secret\n${printable(made.secret)}\nIt is not shown again.\n`;
  return write(io.out, text);
}

async function changeCertificates(name: string, options: CertificateOptions, io: Io): Promise<void> {
  const { add, remove } = options;
  if (add !== undefined && remove !== undefined) {
    throw usageFailure(
      'Only one of --add and --remove can be given.',
      'Add the new one first, then remove the old one.',
    );
  }
  const { client, format } = await openSession(options, io);
  const found = await findApplication(client, name);
  const path = `${applicationPath(found.id)}/certificates`;
  if (add !== undefined) {
    await client.send('POST', path, { certificate: await readPem(resolve(personsFolder(io), add)) });
  }
  if (remove !== undefined) await client.send('DELETE', `${path}/${encodeURIComponent(remove)}`);
  const { certificates } = await client.get<Application>(applicationPath(found.id));
  await printRows(certificateColumns, certificates, format, io, 'It has no certificates.');
}

async function readPem(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(`${file} cannot be read: ${reason}.`, 'Name the file of the certificate with --add.');
  });
  // A key in the file would be sent to the server, which must never have it.
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  const [only] = certificates;
  if (only !== undefined && certificates.length === 1) return `${only}\n`;
  throw new Failure(
    `${file} has ${certificates.length === 0 ? 'no certificate' : `${certificates.length} certificates`} in it.`,
    'Name a file in PEM with the one certificate of the application: -----BEGIN CERTIFICATE-----.',
  );
}

async function deleteApplication(name: string, options: CommonOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const found = await findApplication(session.client, name);
  await session.client.send('DELETE', applicationPath(found.id));
  await tellApplication(session, found, 'is deleted');
}

async function tellApplication({ format, io }: Session, application: Application, text: string): Promise<void> {
  if (format !== 'table') return printRows(columns, [application], format, io, '');
  return write(io.out, `${printable(application.displayName)} ${text}\n`);
}

const columns: readonly Column<Application>[] = [
  { key: 'displayName', heading: 'Application', value: ({ displayName }) => displayName },
  { key: 'id', heading: 'Id', value: ({ id }) => id, whole: true },
  { key: 'hasSecret', heading: 'Secret', value: ({ hasSecret }) => hasSecret },
  {
    key: 'certificates',
    heading: 'Certificates',
    value: ({ certificates }) => certificates.map(({ thumbprint }) => thumbprint),
    text: ({ certificates }) => String(certificates.length),
  },
  { key: 'publicClient', heading: 'Public', value: ({ publicClient }) => publicClient },
  { key: 'redirectUris', value: ({ redirectUris }) => redirectUris },
  { key: 'delegatedPermissions', value: ({ delegatedPermissions }) => delegatedPermissions },
  {
    key: 'permissions',
    heading: 'Permissions',
    value: ({ permissions }) => permissions,
    text: ({ permissions, delegatedPermissions }) =>
      [...permissions, ...delegatedPermissions.map((name) => `${name} (of people)`)].join(', '),
    wraps: true,
  },
];

const certificateColumns: readonly Column<Application['certificates'][number]>[] = [
  { key: 'thumbprint', heading: 'Thumbprint', value: ({ thumbprint }) => thumbprint, whole: true },
  { key: 'displayName', heading: 'Name', value: ({ displayName }) => displayName },
  { key: 'startDateTime', heading: 'From', value: ({ startDateTime }) => startDateTime },
  { key: 'endDateTime', heading: 'Until', value: ({ endDateTime }) => endDateTime },
];
