import { access, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Credentials } from '@allot/contract';
import { exitCodes, Failure } from '../failure.ts';
import { personsFolder } from '../io.ts';
import type { Io } from '../io.ts';

/** Whether somebody has named a file, or there is one where it is looked for by itself. */
export async function hasCredentials(file: string | undefined, io: Io): Promise<boolean> {
  if ((file ?? io.env['ALLOT_CREDENTIALS'] ?? '') !== '') return true;
  return access(credentialsPath(undefined, io)).then(
    () => true,
    (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'ENOENT'),
  );
}

/** `file`: as given by `--credentials`; else ALLOT_CREDENTIALS, else credentials.json in the data folder. */
export async function readCredentials(file: string | undefined, io: Io): Promise<Credentials> {
  const path = credentialsPath(file, io);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw notReadable(path, error);
  });
  const credentials = asCredentials(text);
  if (credentials === undefined) throw notCredentials(path);
  return credentials;
}

function credentialsPath(file: string | undefined, io: Io): string {
  const named = file ?? io.env['ALLOT_CREDENTIALS'];
  if (named !== undefined && named !== '') return resolve(personsFolder(io), named);
  // The default of the server's own setting, so that both find the same file when started in the same place.
  return join(resolve(io.folder, io.env['ALLOT_DATA'] || 'data'), 'credentials.json');
}

function asCredentials(text: string): Credentials | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('baseUrl' in value && 'tenantId' in value && 'clientId' in value && 'clientSecret' in value)) return undefined;
  const { baseUrl, tenantId, clientId, clientSecret } = value;
  if (typeof baseUrl !== 'string' || typeof tenantId !== 'string') return undefined;
  if (typeof clientId !== 'string' || typeof clientSecret !== 'string') return undefined;
  return URL.canParse(baseUrl) ? { baseUrl, tenantId, clientId, clientSecret } : undefined;
}

function notReadable(path: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'ENOENT') {
    const advice =
      'Sign in with allot login, or use the file that the server writes into its data folder at its first start: on ' +
      'another machine, copy it there and name it with --credentials or ALLOT_CREDENTIALS.';
    return new Failure(`Not signed in: there is no credentials file ${path}.`, advice, exitCodes.unreachable);
  }
  const advice = 'Run the command as the account that runs the server, or name a file of your own with --credentials.';
  return new Failure(`Not signed in: ${path} cannot be read (${code}).`, advice, exitCodes.unreachable);
}

function notCredentials(path: string): Failure {
  const advice =
    'It must be a JSON object with baseUrl, tenantId, clientId and clientSecret, as the server writes it at its first start.';
  return new Failure(`Not signed in: ${path} is no credentials file.`, advice, exitCodes.unreachable);
}
