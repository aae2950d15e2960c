import { join } from 'node:path';
import type { Summary } from '@allot/contract';
import { DatabaseStartError, type Log } from '@allot/store';
import type { FastifyBaseLogger } from 'fastify';
import { acceptUploads, apiDocuments, apiRoutes } from './api/index.ts';
import { graphDocuments, graphRoutes } from './graph/index.ts';
import { createApp, createThrottle, defaultLimits, registerDocuments, registerRoutes } from './http/index.ts';
import { freePort, listen } from './listen.ts';
import { createLog } from './log.ts';
import { type Installation, prepareInstallation } from './first-start/prepare-installation.ts';
import { openDatabase } from './open-database.ts';
import { createOutgoing } from './outgoing/outgoing.ts';
import { registerPortal } from './portal/register-portal.ts';
import { readTls } from './settings/read-tls.ts';
import { readSettings, type Settings, SettingsError, type SettingValues } from './settings/settings.ts';
import { registerSignIn } from './sign-in/index.ts';
import { contextOf, untilSettled } from './first-start/until-settled.ts';
import { summary } from './operations/licensing/summary.ts';
import { untilStopped } from './until-stopped.ts';
import { runWorkers } from './workers/run-workers.ts';

export interface Running {
  readonly baseUrl: string;
  readonly installation: Installation;
  /** The tenant at a glance, once everything accepted so far is settled. */
  summary(): Promise<Summary>;
  /** Answers what is under way, finishes the change in hand, then stops the database if it is ours. */
  stop(): Promise<void>;
}

/** Where the pages of the portal are built. */
const portalFolder = join(import.meta.dirname, '../../portal/dist');

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
    const { verifyToken } = registerSignIn(app, {
      db: database.db,
      baseUrl,
      log,
      externalIssuer: settings.externalIssuer,
    });
    let firstTenantId: string | null = null;
    registerPortal(app, {
      db: database.db,
      baseUrl,
      folder: portalFolder,
      external: settings.externalPortal,
      firstTenantId: () => firstTenantId,
    });
    registerDocuments(app, { documents: [...graphDocuments, ...apiDocuments], baseUrl });
    const outgoing = createOutgoing({ allowPrivate: settings.notifyPrivate });
    const shared = { verifyToken, db: database.db, baseUrl, outgoing };
    const throttle = createThrottle(settings.throttle, () => performance.now());
    registerRoutes(app, { ...shared, routes: graphRoutes, throttle });
    registerRoutes(app, { ...shared, routes: apiRoutes });
    await listen(app, settings.host, port);
    undo.push(() => app.close());
    const workers = await runWorkers(database, log, outgoing);
    undo.push(() => workers.stop());
    const installation = await prepareInstallation(database.db, settings, baseUrl);
    firstTenantId = installation.tenantId;
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
  readonly summary: Summary;
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
    // After a crash there may be much to settle; whoever wants to stop meanwhile need not wait for it.
    const found = await Promise.race([running.summary(), stopped]);
    if (typeof found !== 'string')
      process.stdout.write(describe({ summary: found, baseUrl: running.baseUrl, installation: running.installation }));
    await stopped;
    process.stdout.write('Stopping …\n');
    await running.stop();
  } catch (error) {
    if (!(error instanceof SettingsError || error instanceof DatabaseStartError || isSystemError(error))) throw error;
    process.stderr.write(`Allot could not start.\n${error.message}\n`);
    process.exitCode = 1;
  }
}

function derivedBaseUrl({ host, tls }: Settings, port: number): string {
  const name =
    host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'https' : 'http'}://${name}:${port}`;
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
