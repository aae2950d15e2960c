import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { DatabaseStartError, type Log } from '@allot/store';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { acceptUploads, apiRoutes } from './api/index.ts';
import { graphRoutes } from './graph/routes.ts';
import { createApp, defaultLimits, registerRoutes } from './http/index.ts';
import { createLog } from './log.ts';
import { type Installation, prepareInstallation } from './first-start/prepare-installation.ts';
import { openDatabase } from './open-database.ts';
import { readSettings, type Settings, SettingsError, type SettingValues } from './settings/settings.ts';
import { registerSignIn } from './sign-in/index.ts';
import { contextOf, untilSettled } from './first-start/until-settled.ts';
import { summary, type TenantSummary } from './operations/licensing/summary.ts';
import { untilStopped } from './until-stopped.ts';
import { runWorkers } from './workers/run-workers.ts';

export interface Running {
  readonly baseUrl: string;
  readonly installation: Installation;
  /** The tenant at a glance, once everything accepted so far is settled. */
  summary(): Promise<TenantSummary>;
  /** Answers what is under way, finishes the change in hand, then stops the database if it is ours. */
  stop(): Promise<void>;
}

/**
 * Starts database, server and workers. Ready when it returns.
 * @throws SettingsError, DatabaseStartError, or an error of the system (port in use, certificate missing), with what to do
 */
export async function startServer(settings: Settings, log: FastifyBaseLogger & Log): Promise<Running> {
  const tls = await readTls(settings);
  const port = settings.port === 0 ? await freePort(settings.host) : settings.port;
  const baseUrl = settings.baseUrl ?? derivedBaseUrl(settings, port);
  const { database, close } = await openDatabase(settings, 'allot server', log);
  const undo: (() => Promise<void>)[] = [close];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    let ready = false;
    const app = createApp({ log, limits: defaultLimits, tls, isReady: () => ready });
    acceptUploads(app);
    const { verifyToken } = registerSignIn(app, { db: database.db, baseUrl, log });
    registerRoutes(app, { routes: graphRoutes, verifyToken, db: database.db, baseUrl });
    registerRoutes(app, { routes: apiRoutes, verifyToken, db: database.db, baseUrl });
    await listen(app, settings, port);
    undo.push(() => app.close());
    const workers = await runWorkers(database, log);
    undo.push(() => workers.stop());
    const installation = await prepareInstallation(database.db, settings, baseUrl);
    ready = true;
    const ctx = contextOf(database.db, installation.tenantId);
    const settledSummary = async () => {
      await untilSettled(ctx);
      return summary(ctx);
    };
    return { baseUrl, installation, summary: settledSummary, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What `serve` tells people; the words are the command line's. */
export interface Announcement {
  readonly summary: TenantSummary;
  readonly baseUrl: string;
  readonly installation: Installation;
}

/** The main job, until SIGTERM or SIGINT: starts everything and prints what an administrator wants to know first. */
export async function serve(values: SettingValues, describe: (announcement: Announcement) => string): Promise<void> {
  const stopped = untilStopped();
  try {
    const settings = readSettings(values);
    const log = createLog(settings.logLevel);
    const running = await startServer(settings, log);
    process.stdout.write(describe({ summary: await running.summary(), baseUrl: running.baseUrl, installation: running.installation }));
    await stopped;
    process.stdout.write('Stopping …\n');
    await running.stop();
  } catch (error) {
    if (!(error instanceof SettingsError || error instanceof DatabaseStartError || isSystemError(error))) throw error;
    process.stderr.write(`Allot could not start.\n${error.message}\n`);
    process.exitCode = 1;
  }
}

async function readTls({ tls }: Settings): Promise<{ cert: string; key: string } | undefined> {
  if (!tls) return undefined;
  const read = async (file: string, setting: string): Promise<string> => {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      throw new SettingsError(`${setting}: ${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`);
    }
  };
  return { cert: await read(tls.certFile, 'ALLOT_TLS_CERT'), key: await read(tls.keyFile, 'ALLOT_TLS_KEY') };
}

function derivedBaseUrl({ host, tls }: Settings, port: number): string {
  const name = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'https' : 'http'}://${name}:${port}`;
}

/** Tokens name the server's address, so the port must be known before the routes are made. */
const freePort = (host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

async function listen(app: FastifyInstance, { host }: Settings, port: number): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if (isSystemError(error) && error.code === 'EADDRINUSE') {
      throw new SettingsError(`Port ${port} on ${host} is in use. Stop what uses it, or choose another with ALLOT_PORT.`);
    }
    if (isSystemError(error) && error.code === 'EADDRNOTAVAIL') {
      throw new SettingsError(`${host} is not an address of this machine. Set ALLOT_HOST to one, or leave it out for 127.0.0.1.`);
    }
    throw error;
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
