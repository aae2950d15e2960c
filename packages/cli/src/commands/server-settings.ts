import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { Failure } from '../failure.ts';
import { personsFolder } from '../io.ts';
import type { Io } from '../io.ts';

/** Settings as the environment names them. */
export type ServerSettings = Readonly<Record<string, string>>;

interface SettingFlag {
  /** The flag's name as commander gives it: `databaseUrl`. */
  readonly key: string;
  readonly flags: string;
  readonly setting: string;
  readonly meaning: string;
  /** Its value names a file or folder. */
  readonly path?: true;
}

const settingFlags: readonly SettingFlag[] = [
  { key: 'port', flags: '--port <port>', setting: 'ALLOT_PORT', meaning: 'port to listen on; default 4000' },
  { key: 'host', flags: '--host <host>', setting: 'ALLOT_HOST', meaning: 'address to listen on; default 127.0.0.1' },
  { key: 'data', flags: '--data <folder>', setting: 'ALLOT_DATA', meaning: 'data folder; default ./data', path: true },
  {
    key: 'databaseUrl',
    flags: '--database-url <url>',
    setting: 'DATABASE_URL',
    meaning: 'PostgreSQL server; default: one of its own, in the data folder',
  },
  {
    key: 'baseUrl',
    flags: '--base-url <url>',
    setting: 'ALLOT_BASE_URL',
    meaning: 'the address that clients use; default: made of host and port',
  },
  {
    key: 'demo',
    flags: '--demo <on|off>',
    setting: 'ALLOT_DEMO',
    meaning: 'whether the first start makes a demo tenant; default on',
  },
  {
    key: 'adminClientSecret',
    flags: '--admin-client-secret <secret>',
    setting: 'ALLOT_ADMIN_CLIENT_SECRET',
    meaning: 'secret of the first application; others on this machine see flags, so better set the variable',
  },
  {
    key: 'tlsCert',
    flags: '--tls-cert <file>',
    setting: 'ALLOT_TLS_CERT',
    meaning: 'certificate, for https',
    path: true,
  },
  { key: 'tlsKey', flags: '--tls-key <file>', setting: 'ALLOT_TLS_KEY', meaning: 'its private key', path: true },
  {
    key: 'notifyPrivate',
    flags: '--notify-private <on|off>',
    setting: 'ALLOT_NOTIFY_PRIVATE',
    meaning: 'whether notifications of changes may go to this machine and its network, and without https; default off',
  },
  {
    key: 'throttleUnits',
    flags: '--throttle-units <number>',
    setting: 'ALLOT_THROTTLE_UNITS',
    meaning:
      'resource units of Graph that one application may use of one tenant in 10 seconds; default 20000, 0: no limit',
  },
  {
    key: 'throttleWrites',
    flags: '--throttle-writes <number>',
    setting: 'ALLOT_THROTTLE_WRITES',
    meaning:
      'changes over Graph that one application may make in one tenant in 150 seconds; default 60000, 0: no limit',
  },
  {
    key: 'oidcIssuer',
    flags: '--oidc-issuer <url>',
    setting: 'ALLOT_OIDC_ISSUER',
    meaning: "OpenID Connect issuer of your own, whose people's tokens are believed too",
  },
  {
    key: 'oidcAudience',
    flags: '--oidc-audience <audience>',
    setting: 'ALLOT_OIDC_AUDIENCE',
    meaning: 'what its tokens must be for',
  },
  {
    key: 'oidcRoleClaim',
    flags: '--oidc-role-claim <claim>',
    setting: 'ALLOT_OIDC_ROLE_CLAIM',
    meaning: 'the claim that says what a person may do; default roles',
  },
  {
    key: 'oidcRoles',
    flags: '--oidc-roles <value=role;…>',
    setting: 'ALLOT_OIDC_ROLES',
    meaning: "which value of it is which of Entra's roles; default: values are names or ids of roles",
  },
  {
    key: 'oidcTenant',
    flags: '--oidc-tenant <tenant>',
    setting: 'ALLOT_OIDC_TENANT',
    meaning: 'whose people they are: id or initial domain; default: the first tenant',
  },
  {
    key: 'oidcPortalClientId',
    flags: '--oidc-portal-client-id <id>',
    setting: 'ALLOT_OIDC_PORTAL_CLIENT_ID',
    meaning: 'the portal as a public client at that issuer; default: the portal signs in here only',
  },
  {
    key: 'oidcPortalScope',
    flags: '--oidc-portal-scope <scopes>',
    setting: 'ALLOT_OIDC_PORTAL_SCOPE',
    meaning:
      'what it asks for there, to get a token for the audience; default openid profile offline_access <audience>/.default',
  },
];

/** Adds a flag for each setting, or for those named. */
export function settingOptions(command: Command, keys?: readonly string[]): Command {
  for (const { key, flags, setting, meaning } of settingFlags) {
    if (keys === undefined || keys.includes(key)) command.addOption(new Option(flags, `${meaning} (${setting})`));
  }
  return command;
}

/** The settings of the environment, with the flags before them. Their values are the server's to check. */
export function readSettings(options: Readonly<Record<string, unknown>>, io: Io): ServerSettings {
  const settings: Record<string, string> = {};
  for (const [name, value] of Object.entries(io.env)) {
    if (value !== undefined && (name.startsWith('ALLOT_') || name === 'DATABASE_URL')) settings[name] = value;
  }
  for (const { key, setting, path } of settingFlags) {
    const value = options[key];
    if (typeof value === 'string') settings[setting] = path === true ? resolve(personsFolder(io), value) : value;
  }
  return settings;
}

/**
 * Runs a process of the server. What keeps it from starting (a setting, the database, the system) is written for the
 * operator; anything else is a defect and keeps its stack.
 */
export async function runProcess(process: () => Promise<void>): Promise<void> {
  try {
    await process();
  } catch (error) {
    if (!(error instanceof Error) || !isForOperator(error)) throw error;
    throw new Failure(`Allot could not start.\n${error.message}`);
  }
}

const isForOperator = (error: Error): boolean =>
  error.constructor.name === 'SettingsError' || error.name === 'DatabaseStartError' || 'syscall' in error;
