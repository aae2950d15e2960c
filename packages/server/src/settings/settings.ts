import type { ExternalPortal } from '../portal/register-portal.ts';
import type { ExternalIssuer } from '../sign-in/external-issuer.ts';
import { readExternalSettings } from './external-issuer-settings.ts';

/** Settings of a server or worker process, from environment variables or flags. They are handed down, never imported. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Directory of credentials and, without databaseUrl, of the database. */
  readonly data: string;
  /** undefined: PostgreSQL is started in `data`. */
  readonly databaseUrl: string | undefined;
  /** What clients call the server; undefined: derived from host and port. */
  readonly baseUrl: string | undefined;
  /** Whether notifications of changes may go to this machine and its network, and without encryption. */
  readonly notifyPrivate: boolean;
  readonly demo: boolean;
  readonly adminClientSecret: string | undefined;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** What one application may use of one tenant in 10 seconds (resource units) and in 150 seconds (writes); 0: no limit. */
  readonly throttle: { readonly resourceUnits: number; readonly writes: number };
  /** Whose tokens are believed beside our own. */
  readonly externalIssuer: ExternalIssuer | undefined;
  /** How the portal signs people in there. */
  readonly externalPortal: ExternalPortal | undefined;
  readonly logLevel: (typeof logLevels)[number];
}

export type SettingValues = Readonly<Record<string, string | undefined>>;

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
const PORT_MAX = 65_535;
/** Shorter secrets can be guessed; oidc asks for 32 bytes where it signs with them. */
const SECRET_LENGTH_MIN = 16;
/**
 * Graph lets an application have 3,500 to 8,000 resource units in 10 seconds and 3,000 writes in 150 seconds, of a service that millions
 * share: adding 100,000 members one by one takes 83 minutes there. Here an organization has the machine to itself. A server on
 * two cores that others were using too added 120 members and answered 600 small questions a second; 400 writes and 2,000 units a
 * second (and 60,000 and 20,000 at once) hold up no such migration, and stop programs that have gone wild on larger machines.
 */
const THROTTLE_UNITS = 20_000;
const THROTTLE_WRITES = 60_000;
/** A limit above is none; 0 says so. */
const THROTTLE_MAX = 1_000_000_000;

export class SettingsError extends Error {}

/**
 * Reads ALLOT_* and DATABASE_URL; an empty value counts as not set.
 * @throws SettingsError naming every setting that is wrong and what it takes
 */
export function readSettings(values: SettingValues): Settings {
  const problems: string[] = [];
  const text = (name: string): string | undefined => values[name] || undefined;
  const check = (ok: boolean, problem: string) => {
    if (!ok) problems.push(problem);
  };

  const port = Number(text('ALLOT_PORT') ?? 4000);
  check(
    Number.isInteger(port) && port >= 0 && port <= PORT_MAX,
    `ALLOT_PORT takes a port from 0 to ${PORT_MAX}, not "${text('ALLOT_PORT')}".`,
  );
  const demo = text('ALLOT_DEMO') ?? 'on';
  check(demo === 'on' || demo === 'off', `ALLOT_DEMO takes "on" or "off", not "${demo}".`);
  const databaseUrl = text('DATABASE_URL');
  check(
    databaseUrl === undefined || /^postgres(ql)?:\/\//.test(databaseUrl),
    'DATABASE_URL takes postgresql://user:password@host:port/database.',
  );
  const baseUrl = text('ALLOT_BASE_URL')?.replace(/\/+$/, '');
  check(baseUrl === undefined || isHttpUrl(baseUrl), `ALLOT_BASE_URL takes an http or https URL, not "${baseUrl}".`);
  const secret = text('ALLOT_ADMIN_CLIENT_SECRET');
  check(
    secret === undefined || secret.length >= SECRET_LENGTH_MIN,
    `ALLOT_ADMIN_CLIENT_SECRET takes at least ${SECRET_LENGTH_MIN} characters.`,
  );
  const certFile = text('ALLOT_TLS_CERT');
  const keyFile = text('ALLOT_TLS_KEY');
  check(
    (certFile === undefined) === (keyFile === undefined),
    'ALLOT_TLS_CERT and ALLOT_TLS_KEY go together: set both, or none.',
  );
  const notifyPrivate = text('ALLOT_NOTIFY_PRIVATE') ?? 'off';
  check(
    notifyPrivate === 'on' || notifyPrivate === 'off',
    `ALLOT_NOTIFY_PRIVATE takes "on" or "off", not "${notifyPrivate}".`,
  );
  const external = readExternalSettings(text, (problem) => problems.push(problem));
  const level = text('ALLOT_LOG_LEVEL') ?? 'warn';
  const logLevel = logLevels.find((known) => known === level);
  check(logLevel !== undefined, `ALLOT_LOG_LEVEL takes one of ${logLevels.join(', ')}, not "${level}".`);

  const limit = (name: string, otherwise: number): number => {
    const sent = text(name) ?? String(otherwise);
    const whole = /^\d+$/.test(sent) && Number(sent) <= THROTTLE_MAX;
    check(whole, `${name} takes a whole number from 0 (no limit) to ${THROTTLE_MAX}, not "${sent}".`);
    return whole ? Number(sent) : otherwise;
  };
  const throttle = {
    resourceUnits: limit('ALLOT_THROTTLE_UNITS', THROTTLE_UNITS),
    writes: limit('ALLOT_THROTTLE_WRITES', THROTTLE_WRITES),
  };

  if (problems.length) throw new SettingsError(problems.join('\n'));
  return {
    port,
    host: text('ALLOT_HOST') ?? '127.0.0.1',
    data: text('ALLOT_DATA') ?? './data',
    databaseUrl,
    baseUrl,
    demo: demo === 'on',
    adminClientSecret: secret,
    tls: certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined,
    notifyPrivate: notifyPrivate === 'on',
    throttle,
    ...external,
    logLevel: logLevel ?? 'warn',
  };
}

function isHttpUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
}
