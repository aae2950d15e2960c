import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { type Settings, SettingsError } from './settings.ts';

/**
 * Certificate and key, as PEM texts that belong together; undefined: plain HTTP.
 * @throws SettingsError
 */
export async function readTls({ tls }: Settings): Promise<{ cert: string; key: string } | undefined> {
  if (!tls) return undefined;
  const pair = { cert: await read(tls.certFile, 'ALLOT_TLS_CERT'), key: await read(tls.keyFile, 'ALLOT_TLS_KEY') };
  try {
    createSecureContext(pair);
  } catch (error) {
    const files = `ALLOT_TLS_CERT (${tls.certFile}) and ALLOT_TLS_KEY (${tls.keyFile})`;
    throw new SettingsError(`${files} are no certificate and key in PEM that belong together (${messageOf(error)}).`);
  }
  return pair;
}

async function read(file: string, setting: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new SettingsError(`${setting}: ${file} cannot be read (${messageOf(error)}).`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
