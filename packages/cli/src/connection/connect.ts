import { clientCredentials, createClient } from '@allot/contract';
import type { Client } from '@allot/contract';
import { usageFailure } from '../failure.ts';
import type { Io } from '../io.ts';
import { hasCredentials, readCredentials } from './read-credentials.ts';
import { readSignIn, type SignIn } from './sign-in-file.ts';
import { tokensOfPerson } from './signed-in-person.ts';

export interface ConnectionOptions {
  readonly server?: string;
  readonly credentials?: string;
}

/**
 * Reads who asks and whom to ask; nothing is sent before the first question. Without credentials of an application it is the
 * person who has signed in.
 */
export async function connect(options: ConnectionOptions, io: Io): Promise<Client> {
  const named = serverNamed(options, io);
  if (!(await hasCredentials(options.credentials, io))) {
    const signIn = await readSignIn(io);
    if (signIn !== undefined) return connectPerson(signIn, named, io);
  }
  const credentials = await readCredentials(options.credentials, io);
  const baseUrl = named ?? credentials.baseUrl;
  const onWait = (seconds: number, status: number): void => tellWait(seconds, status, io);
  return createClient(baseUrl, clientCredentials(credentials, baseUrl, { onWait }), { onWait });
}

function connectPerson(signIn: SignIn, named: string | undefined, io: Io): Client {
  // The token would go to somebody else.
  if (named !== undefined && new URL(named).origin !== new URL(signIn.baseUrl).origin) {
    throw usageFailure(
      `You are signed in at ${signIn.baseUrl}, not at ${named}.`,
      `Run allot login --server ${named}.`,
    );
  }
  const onWait = (seconds: number, status: number): void => tellWait(seconds, status, io);
  return createClient(signIn.baseUrl, tokensOfPerson(io), { onWait });
}

/** The server that an option or the environment names. @throws Failure when it is no address */
export function serverNamed({ server }: Pick<ConnectionOptions, 'server'>, io: Io): string | undefined {
  const named = server ?? io.env['ALLOT_BASE_URL'];
  if (named === undefined || named === '') return undefined;
  if (isWebAddress(named)) return named;
  throw usageFailure(`'${named}' is no address of a server.`, 'Name one such as http://127.0.0.1:4000.');
}

export function tellWait(seconds: number, status: number, io: Io): void {
  io.err.write(`The server is busy (${status}); asking again in ${seconds} s.\n`);
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol);
}
