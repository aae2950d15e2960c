import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PersonTokens, SignInPlace } from '@allot/contract';
import { Failure } from '../failure.ts';
import type { Io } from '../io.ts';

/** What `allot login` keeps: where somebody is signed in, and the tokens they got. */
export interface SignIn extends SignInPlace, PersonTokens {}

/** A lock that a program left behind when it died is taken over after this time; a refresh takes much less. */
const lockMsMax = 30_000;
const lockPollMs = 50;

/** The file in the person's configuration folder. @throws Failure when the environment names no such folder */
export function signInPath({ env }: Io): string {
  const folder = env['XDG_CONFIG_HOME'] || env['APPDATA'] || (env['HOME'] && join(env['HOME'], '.config'));
  if (folder) return join(folder, 'allot', 'sign-in.json');
  throw new Failure(
    'There is no folder for your configuration.',
    'Set HOME, or XDG_CONFIG_HOME, to a folder of yours.',
  );
}

/** Undefined: nobody is signed in here. */
export async function readSignIn(io: Io): Promise<SignIn | undefined> {
  const { XDG_CONFIG_HOME: xdg, APPDATA: appData, HOME: home } = io.env;
  if (!xdg && !appData && !home) return undefined;
  const text = await readFile(signInPath(io), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Failure(`${signInPath(io)} cannot be read.`, 'Run allot login, as the account that owns the file.');
  });
  return text === undefined ? undefined : asSignIn(text);
}

/** Written beside and renamed, so that nobody ever reads half a file; only its owner may read it. */
export async function writeSignIn(io: Io, signIn: SignIn): Promise<void> {
  const path = signInPath(io);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}.new`;
  await writeFile(beside, `${JSON.stringify(signIn, null, 2)}\n`, { mode: 0o600 });
  await rename(beside, path);
}

export const removeSignIn = (io: Io): Promise<void> => rm(signInPath(io), { force: true });

/**
 * Runs while no other program of this person does the same. A refresh token is good once: of two programs that send the
 * same one the server believes neither.
 */
export async function alone<T>(io: Io, run: () => Promise<T>): Promise<T> {
  const lock = `${signInPath(io)}.lock`;
  await mkdir(dirname(lock), { recursive: true, mode: 0o700 });
  while (!(await takeLock(lock))) await sleep(lockPollMs);
  try {
    return await run();
  } finally {
    await rm(lock, { force: true });
  }
}

async function takeLock(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const found = await stat(lock).catch(() => undefined);
  if (found !== undefined && Date.now() - found.mtimeMs > lockMsMax) await rm(lock, { force: true });
  return false;
}

function asSignIn(text: string): SignIn | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(value));
  const field = (name: string): string | undefined => {
    const one = fields.get(name);
    return typeof one === 'string' ? one : undefined;
  };
  const [baseUrl, tenantId] = [field('baseUrl'), field('tenantId')];
  const [accessToken, refreshToken] = [field('accessToken'), field('refreshToken')];
  if (!baseUrl || !URL.canParse(baseUrl) || !tenantId || !accessToken || !refreshToken) return undefined;
  return { baseUrl, tenantId, accessToken, refreshToken, expiresAt: Number(fields.get('expiresAt')) || 0 };
}
