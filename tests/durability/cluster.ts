import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from '@allot/store';
import { silentLog, type TestScope } from '../database.ts';
import { freePort } from './program.ts';

/** A PostgreSQL server of a test's own, which can be stopped and started again under the same address. */
export interface Cluster {
  /** Of an empty database. */
  readonly databaseUrl: string;
  /** Ends it in order, as an administrator does for an upgrade: connections are cut, transactions rolled back. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Where Debian keeps the oldest PostgreSQL that Allot works with. */
const debianBinaries = '/usr/lib/postgresql/15/bin';
/** PostgreSQL refuses to run as root; "nobody" of Debian. */
const nobody = 65_534;

/** Debian's PostgreSQL 15 by TCP where it is installed, otherwise the one that comes with Allot. It is running. */
export async function ownCluster(scope: TestScope): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'allot-cluster-'));
  const cluster = existsSync(debianBinaries) ? await debianCluster(folder) : embeddedCluster(folder);
  await cluster.start();
  scope.after(async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return cluster;
}

async function debianCluster(folder: string): Promise<Cluster> {
  const root = process.getuid?.() === 0;
  if (root) await chown(folder, nobody, nobody);
  const run = async (program: string, ...args: readonly string[]) => {
    // Without pipes, which the server that pg_ctl leaves behind would keep open.
    const child = spawn(join(debianBinaries, program), args, {
      cwd: folder,
      stdio: 'ignore',
      ...(root ? { uid: nobody, gid: nobody } : {}),
    });
    const [status] = await once(child, 'exit');
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}; see ${join(folder, 'log')}`);
  };
  const data = join(folder, 'cluster');
  const port = await freePort();
  await run('initdb', '-D', data, '-U', 'allot', '-A', 'trust', '-E', 'UTF8', '--no-sync');
  let running = false;
  return {
    databaseUrl: `postgresql://allot@127.0.0.1:${port}/postgres`,
    start: async () => {
      const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories= -c fsync=off`;
      if (!running) await run('pg_ctl', 'start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', options);
      running = true;
    },
    stop: async () => {
      if (running) await run('pg_ctl', 'stop', '-w', '-m', 'fast', '-D', data);
      running = false;
    },
  };
}

function embeddedCluster(folder: string): Cluster {
  let running: Embedded | undefined;
  let databaseUrl = '';
  return {
    get databaseUrl() {
      return databaseUrl;
    },
    start: async () => {
      running ??= await startEmbedded({ dataDir: folder, log: silentLog });
      databaseUrl = running.databaseUrl;
    },
    stop: async () => {
      await running?.stop();
      running = undefined;
    },
  };
}
