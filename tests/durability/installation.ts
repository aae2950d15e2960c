import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Database, joinEmbedded } from '@allot/store';
import { silentLog, type TestScope } from '../database.ts';
import { everyTenant } from '../every-tenant.ts';
import { type Call, callerOf, freePort, type Program, runProgram } from './program.ts';

/** A data directory with a server of its own, which keeps PostgreSQL in it, and may die and be started again. */
export interface Installation {
  readonly dataDir: string;
  /** Starts the server; resolves as soon as it answers, which is before it has settled what a crash left. */
  start(): Promise<{ readonly server: Program; readonly call: Call }>;
  /** Connections to its PostgreSQL, past the server. Good until PostgreSQL ends. */
  look(): Promise<Database>;
}

export async function newInstallation(scope: TestScope): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'allot-durability-'));
  const dataDir = join(folder, 'data');
  const cleanUps: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  // One hook, because hooks run in the order of their registration and the folder must go last.
  scope.after(async () => {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  });
  const port = String(await freePort());
  return {
    dataDir,
    start: async () => {
      const server = runProgram({ after: (stop) => void cleanUps.push(stop) }, [
        'serve',
        '--data',
        dataDir,
        '--demo',
        'off',
        '--port',
        port,
      ]);
      await untilHealthy(`http://127.0.0.1:${port}`, server);
      return { server, call: await callerOf(dataDir) };
    },
    look: async () => {
      const { databaseUrl, release } = await joinEmbedded({ dataDir });
      const database = await connect({
        databaseUrl: everyTenant(databaseUrl),
        poolSizeMax: 2,
        applicationName: 'test',
        log: silentLog,
      });
      const close = async () => {
        await database.close();
        await release();
      };
      cleanUps.push(close);
      return { ...database, close };
    },
  };
}

/** Waits until `GET /health` says that the server can serve. @throws Error when the program ends instead */
export async function untilHealthy(baseUrl: string, server: Program): Promise<void> {
  const died = server.ended.then((how) => {
    throw new Error(`The server ended with ${how}: ${server.printed.out}\n${server.printed.err}`);
  });
  const healthy = (async () => {
    for (;;) {
      const answer = await fetch(`${baseUrl}/health`).catch(() => undefined);
      if (answer?.ok === true) return;
      await new Promise((again) => setTimeout(again, 20));
    }
  })();
  await Promise.race([healthy, died]);
}
