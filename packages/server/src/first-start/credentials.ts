import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** What `<data>/credentials.json` holds, mode 0600. */
export interface Credentials {
  readonly baseUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export const credentialsFile = (data: string): string => join(resolve(data), 'credentials.json');

/** The credentials in a data directory; undefined: none, or not readable as such. */
export async function readCredentials(data: string): Promise<Credentials | undefined> {
  try {
    const found: unknown = JSON.parse(await readFile(credentialsFile(data), 'utf8'));
    return isCredentials(found) ? found : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      return undefined;
    throw error;
  }
}

/** Written beside and renamed, so that nobody ever reads half a file. */
export async function writeCredentials(data: string, credentials: Credentials): Promise<void> {
  const file = credentialsFile(data);
  await mkdir(resolve(data), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

function isCredentials(value: unknown): value is Credentials {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const names = ['baseUrl', 'tenantId', 'clientId', 'clientSecret'];
  return names.every((name) => typeof fields.get(name) === 'string') && isUuid(fields.get('clientId'));
}

const isUuid = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
