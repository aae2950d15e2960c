import { resolve } from 'node:path';
import type { ListedTenant } from '@allot/server/tenants';
import type { Command } from 'commander';
import { canAsk, confirm } from '../confirm.ts';
import { Failure, usageFailure } from '../failure.ts';
import { type Io, personsFolder, write } from '../io.ts';
import { leafCommand } from '../leaf-command.ts';
import type { Column } from '../output/column.ts';
import { printable } from '../output/printable.ts';
import { printJson, printRows } from '../output/rows.ts';
import { readSettings, runProcess, settingOptions } from './server-settings.ts';

type Options = Readonly<Record<string, unknown>>;

/** Tenants of an installation: they act on its database, so they are for those who may reach that, and need no server. */
export function tenantCommands(program: Command, io: Io): void {
  const tenant = program.command('tenant').summary('make, list and delete tenants of an installation');
  tenant.description(
    'Makes, lists and deletes tenants, on the database itself: beside its servers, or while none runs.',
  );
  createCommand(tenant, io);
  listCommand(tenant, io);
  deleteCommand(tenant, io);
}

function createCommand(tenant: Command, io: Io): void {
  const command = leafCommand(tenant, 'create <domain>', {
    summary: 'make a tenant, and write the credentials of its first application into a file',
    more: 'The file has mode 600 and is the only place where the secret is. Other commands work for the tenant with --credentials or ALLOT_CREDENTIALS.',
    examples: [
      "tenant create fabrikam.example --name 'Fabrikam' --usage-location US",
      'tenant create fabrikam.example --credentials-file fabrikam.json --json',
    ],
  })
    .option('--name <name>', 'display name; default: the domain')
    .option('--usage-location <country>', 'where users without a usage location are licensed: two letters')
    .option('--credentials-file <file>', 'default: credentials-<domain>.json in the data folder')
    .option('--json', 'print JSON');
  settingOptions(command, ['data', 'databaseUrl', 'baseUrl']).action((domain: string, options: Options) =>
    runProcess(async () => {
      const { createTenant } = await import('@allot/server/tenants');
      const file = textOf(options, 'credentialsFile');
      const made = await createTenant(readSettings(options, io), {
        displayName: textOf(options, 'name') ?? domain,
        initialDomain: domain,
        defaultUsageLocation: textOf(options, 'usageLocation')?.toUpperCase() ?? null,
        credentialsFile: file === undefined ? undefined : resolve(personsFolder(io), file),
      });
      if (options['json'] === true) return printJson(made, io);
      return write(
        io.out,
        `${printable(made.displayName)} is tenant ${made.tenantId}.\nCredentials of its first application: ${made.credentialsFile}\n`,
      );
    }),
  );
}

function listCommand(tenant: Command, io: Io): void {
  const command = leafCommand(tenant, 'list', {
    summary: 'list the tenants, oldest first',
    examples: ['tenant list', "tenant list --json | jq '.[].tenantId'"],
  }).option('--json', 'print JSON');
  settingOptions(command, ['data', 'databaseUrl']).action((options: Options) =>
    runProcess(async () => {
      const { listTenants } = await import('@allot/server/tenants');
      const tenants = await listTenants(readSettings(options, io));
      await printRows(columns, tenants, options['json'] === true ? 'json' : 'table', io, 'There is no tenant.');
    }),
  );
}

function deleteCommand(tenant: Command, io: Io): void {
  const command = leafCommand(tenant, 'delete <tenant>', {
    summary: 'delete a tenant with everything in it',
    more: [
      'Takes the id or the domain. It cannot be undone. Nobody can sign in to the tenant any more as soon as it has begun, and its tokens are',
      'refused; other tenants work on. Interrupted, it is finished by calling it again. A server that finds no tenant when it starts makes one.',
    ].join(' '),
    examples: ['tenant delete fabrikam.example', 'tenant delete fabrikam.example --yes --json'],
  })
    .option('--yes', 'delete without asking')
    .option('--json', 'print JSON');
  settingOptions(command, ['data', 'databaseUrl']).action((name: string, options: Options) =>
    runProcess(async () => {
      const { deleteTenant } = await import('@allot/server/tenants');
      const approved = options['yes'] === true;
      if (!approved && !canAsk(io)) {
        throw usageFailure('Nobody can be asked whether to delete the tenant.', 'Call it with --yes to delete it.');
      }
      const deleted = await deleteTenant(readSettings(options, io), name, async (found) =>
        approved ? true : confirm(questionOf(found), io),
      );
      if (deleted === undefined)
        throw new Failure('Nothing was deleted.', 'Answer y, or call it with --yes, to delete.');
      const { tenantId, displayName } = deleted;
      if (options['json'] === true) return printJson({ tenantId, displayName, deleted: true }, io);
      return write(io.out, `${printable(displayName)} (${tenantId}) is deleted.\n`);
    }),
  );
}

const questionOf = ({ displayName, initialDomain, tenantId }: ListedTenant): string =>
  `Delete ${printable(displayName)} (${printable(initialDomain)}, ${tenantId}) with all its users, groups, licenses and audit log?`;

const textOf = (options: Options, key: string): string | undefined => {
  const value = options[key];
  return typeof value === 'string' ? value : undefined;
};

const columns: readonly Column<ListedTenant>[] = [
  { key: 'displayName', heading: 'Tenant', value: ({ displayName }) => displayName },
  { key: 'initialDomain', heading: 'Domain', value: ({ initialDomain }) => initialDomain },
  { key: 'tenantId', heading: 'Id', whole: true, value: ({ tenantId }) => tenantId },
  { key: 'defaultUsageLocation', heading: 'Location', value: ({ defaultUsageLocation }) => defaultUsageLocation },
  { key: 'createdDateTime', heading: 'Created', value: ({ createdAt }) => createdAt.toISOString() },
  { key: 'beingDeleted', heading: 'Being deleted', value: ({ beingDeleted }) => beingDeleted },
];
