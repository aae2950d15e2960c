import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { clientCredentials, createClient } from '@allot/contract';
import type { Client, Credentials } from '@allot/contract';
import { startServer } from '@allot/server/start';

import { run } from '../../packages/cli/src/run.ts';
import { memoryIo } from '../../packages/cli/src/testing/memory-io.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { readSettings } from '../../packages/server/src/settings/settings.ts';
import { testDatabase } from '../database.ts';
import type { TestDatabase, TestScope } from '../database.ts';

/** A running server with an empty tenant, and the command line pointed at it. */
export interface ServedTenant {
  readonly client: Client;
  /** The server's data folder: credentials.json is in it. */
  readonly folder: string;
  readonly database: TestDatabase;
  /** Runs a command line as `allot` would, in `folder`; `columns`: on a terminal of that width, where `typed` is typed. */
  allot(args: readonly string[], columns?: number, typed?: string): Promise<Outcome>;
}

export interface Outcome {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export async function serveTenant(scope: TestScope): Promise<ServedTenant> {
  const folder = await mkdtemp(join(tmpdir(), 'allot-cli-'));
  const database = await testDatabase(scope);
  database.beforeClose(() => rm(folder, { recursive: true }));
  const settings = readSettings({
    ALLOT_PORT: '0',
    ALLOT_DATA: folder,
    ALLOT_DEMO: 'off',
    DATABASE_URL: database.databaseUrl,
  });
  const running = await startServer(settings, createLog('silent'));
  database.beforeClose(() => running.stop());
  // Written by the server a moment ago, in the shape of the contract.
  const credentials = JSON.parse(await readFile(join(folder, 'credentials.json'), 'utf8')) as Credentials;
  return {
    client: createClient(credentials.baseUrl, clientCredentials(credentials)),
    folder,
    database,
    async allot(args, columns, typed) {
      const io = memoryIo({
        env: { ALLOT_DATA: folder },
        folder,
        ...(columns === undefined ? {} : { columns }),
        ...(typed === undefined ? {} : { typed }),
      });
      const exitCode = await run(args, io);
      return { exitCode, ...io.written };
    },
  };
}

/** Runs a command that must succeed and print JSON. */
export async function allotJson<T>(tenant: ServedTenant, ...args: readonly string[]): Promise<T> {
  const { exitCode, out, err } = await tenant.allot([...args, '--json']);
  if (exitCode !== 0) throw new Error(`allot ${args.join(' ')} ended with ${exitCode}: ${err}`);
  // The caller names what the command prints; its assertions say whether it does.
  return JSON.parse(out) as T;
}
