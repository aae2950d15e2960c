import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestScope } from '../database.ts';
import type { Answer } from '../server.ts';

export type { Answer };

/** How long a program may take to stop after its test. */
const stopMsMax = 60_000;

/** The program as people start it. */
export const allot = join(import.meta.dirname, '../../packages/cli/src/allot.ts');

export interface Program {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it has printed so far. */
  readonly printed: { out: string; err: string };
  /** Resolves when it has printed this on standard output. @throws Error when it ends instead */
  says(text: string): Promise<void>;
  /** How it ended: the status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGTERM, as a service manager stops it. */
  stop(): Promise<number | NodeJS.Signals>;
}

/** Runs a command; it is stopped after the test if it still runs, so that it takes its PostgreSQL along. */
export function runProgram(
  scope: TestScope,
  args: readonly string[],
  {
    command = [process.execPath, allot],
    env = {},
  }: { command?: readonly string[]; env?: Readonly<Record<string, string>> } = {},
): Program {
  const [file = '', ...first] = command;
  const child = spawn(file, [...first, ...args], {
    env: { ...settingless(), ALLOT_LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, as a command in a terminal has.
    detached: true,
  });
  const printed = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    printed.out += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    printed.err += chunk.toString('utf8');
  });
  let over = false;
  running.add(child);
  const ended = once(child, 'close').then(([status, signal]: (number | NodeJS.Signals | null)[]) => {
    over = true;
    running.delete(child);
    return status ?? signal ?? 0;
  });
  const end = async (signal: NodeJS.Signals) => {
    if (!over) child.kill(signal);
    return ended;
  };
  scope.after(async () => {
    // One that does not stop must not keep the whole run waiting.
    const patience = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
    await end('SIGTERM');
    clearTimeout(patience);
  });
  return {
    child,
    pid: child.pid ?? 0,
    printed,
    says: async (text) => {
      while (!printed.out.includes(text)) {
        if (over) throw new Error(`It ended without saying "${text}": ${printed.out}\n${printed.err}`);
        await sleep(10);
      }
    },
    ended,
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

/** Whoever stops the tests halfway stops these, too. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});
for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(status));

export const ready = 'Stop with Ctrl-C';

/** Settings of whoever runs the tests must not reach the program. */
const settingless = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(ALLOT_|DATABASE_URL$)/.test(name)));

/** A port that nothing uses at the moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A call as the first application, whose credentials are in `dataDir`. */
export type Call = (method: string, path: string, body?: unknown) => Promise<Answer>;

/**
 * Calls a server with the credentials in its data directory. A text or stream as body is a CSV file, anything else is JSON.
 * @param baseUrl of the server, when it is not the one that wrote the credentials last
 */
export async function callerOf(dataDir: string, baseUrl?: string): Promise<Call> {
  // `as`: written by the server, in this shape; tests/cli holds it to that.
  const credentials = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')) as Readonly<
    Record<string, string>
  >;
  const root = baseUrl ?? credentials['baseUrl'] ?? '';
  let token: Promise<string> | undefined;
  const fetchToken = async () => {
    const { tenantId, clientId = '', clientSecret = '' } = credentials;
    const response = await fetch(`${root}/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: `${credentials['baseUrl']}/.default`,
      }),
    });
    const text = await response.text();
    const answer: { access_token?: string } = JSON.parse(text);
    if (answer.access_token === undefined) throw new Error(`no token: ${response.status} ${text}`);
    return answer.access_token;
  };
  return async (method, path, body) => {
    const authorization = `Bearer ${await (token ??= fetchToken())}`;
    const file = typeof body === 'string' || body instanceof ReadableStream;
    const type = file ? 'text/csv' : 'application/json';
    const response = await fetch(`${root}${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: file ? body : JSON.stringify(body), duplex: 'half' }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text) };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
