import { DatabaseStartError } from './start-error.ts';

/** What a server says of itself. */
export type ServerFacts = {
  /** As in `server_version_num`: 150004 for 15.4. */
  readonly versionNumber: number;
  readonly version: string;
  /** Of the database connected to. */
  readonly encoding: string;
};

/** The oldest version we are tested with. */
const versionNumberMin = 150_000;

/**
 * Refuses a server that Allot would fail on later.
 *
 * @param server how to call it in the message; no password
 * @throws DatabaseStartError `otherVersion`
 */
export function checkServer(facts: ServerFacts, server: string): void {
  if (facts.versionNumber < versionNumberMin) {
    throw new DatabaseStartError(
      'otherVersion',
      `The database at ${server} is PostgreSQL ${facts.version}; Allot needs PostgreSQL 15 or newer. Upgrade that server, or leave DATABASE_URL unset to use the one that comes with Allot.`,
    );
  }
  if (facts.encoding !== 'UTF8') {
    throw new DatabaseStartError(
      'otherVersion',
      `The database at ${server} has the encoding ${facts.encoding}; Allot needs UTF8. Make one with: CREATE DATABASE allot TEMPLATE template0 ENCODING 'UTF8'.`,
    );
  }
}

/** Why a server cannot be used, with what to do; `error` is what connecting to it or asking it threw. */
export function reasonOf(error: unknown): string {
  // A name with several addresses fails with one error that holds the error of each.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  const said = first instanceof Error ? first.message : String(first);
  return advice[code] ?? (said.includes('connection timeout') ? advice['ETIMEDOUT'] : undefined) ?? said;
}

const advice: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Is the server running, and is the port right?',
  ENOENT: 'there is no such socket. Is the server running?',
  ENOTFOUND: 'the host name is not known.',
  EAI_AGAIN: 'the host name cannot be looked up at the moment.',
  ETIMEDOUT: 'it does not answer. Does a firewall keep us from it?',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is of an authority that is not known here. Add sslrootcert=/path/to/authority.pem to DATABASE_URL.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is signed by itself. Add sslrootcert=/path/to/certificate.pem to DATABASE_URL.',
  '28P01': 'it refuses the password, or the user.',
  '28000': 'it refuses this user from here; see its pg_hba.conf.',
  '3D000': "there is no such database. Make it with: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8'.",
  '57P03': 'it is starting up or shutting down. Try again in a moment.',
  '53300': 'it has no connection left. Raise its max_connections, or lower the pool sizes of those who use it.',
};
