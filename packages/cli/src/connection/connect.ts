import { clientCredentials, createClient } from '@allot/contract';
import type { Client } from '@allot/contract';
import { usageFailure } from '../failure.ts';
import type { Io } from '../io.ts';
import { readCredentials } from './read-credentials.ts';

export interface ConnectionOptions {
  readonly server?: string;
  readonly credentials?: string;
}

/** Reads who asks and whom to ask; nothing is sent before the first question. */
export async function connect(options: ConnectionOptions, io: Io): Promise<Client> {
  const named = options.server ?? io.env['ALLOT_BASE_URL'];
  if (named !== undefined && named !== '' && !isWebAddress(named)) {
    throw usageFailure(`'${named}' is no address of a server.`, 'Name one such as http://127.0.0.1:4000.');
  }
  const credentials = await readCredentials(options.credentials, io);
  const baseUrl = named === undefined || named === '' ? credentials.baseUrl : named;
  const onWait = (seconds: number, status: number): void => tellWait(seconds, status, io);
  return createClient(baseUrl, clientCredentials(credentials, baseUrl, { onWait }), { onWait });
}

export function tellWait(seconds: number, status: number, io: Io): void {
  io.err.write(`The server is busy (${status}); asking again in ${seconds} s.\n`);
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol);
}
