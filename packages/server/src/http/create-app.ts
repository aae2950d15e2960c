import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import { ApiError } from '@allot/contract';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { errorDoor } from './error-door.ts';
import type { Limits } from './limits.ts';
import { parseQuery } from './query.ts';
import { sendRequestIds } from './request-ids.ts';
import { rewriteUrl } from './rewrite-url.ts';
import { turnAwayWhenLate } from './turn-away.ts';
import { unknownSegment } from './unknown-segment.ts';

export interface CreateAppOptions {
  readonly log: FastifyBaseLogger;
  readonly limits: Limits;
  /** PEM texts; without them the server speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** Whether the server can serve: what `GET /health` says. */
  readonly isReady: () => boolean | Promise<boolean>;
}

/** The HTTP application without routes except `/health`: what is common to every request and every error. */
export function createApp({ log, limits, tls, isReady }: CreateAppOptions): FastifyInstance {
  const door = errorDoor(limits);
  const options = {
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestMsMax,
    genReqId: () => randomUUID(),
    rewriteUrl: (request: { readonly url?: string | undefined }) => rewriteUrl(request.url ?? '/'),
    frameworkErrors: door,
    routerOptions: {
      caseSensitive: false,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      maxParamLength: limits.pathPartLengthMax,
      querystringParser: parseQuery,
    },
  } satisfies FastifyServerOptions;
  // The kind of server changes the type of the application, and nothing that routes can see.
  const app = (tls === undefined
    ? Fastify(options)
    : Fastify({ ...options, https: tls })) as unknown as FastifyInstance;

  const paths: string[] = [];
  app.addHook('onRoute', ({ url }) => {
    paths.push(url);
  });
  app.addHook('onRequest', (request, reply, done) => {
    sendRequestIds(request, reply);
    done();
  });
  closeConnections(app);
  app.setErrorHandler(door);
  app.setNotFoundHandler((request) => {
    throw segmentNotFound(unknownSegment(new URL(request.url, 'http://host').pathname, paths));
  });
  readJson(app);
  // Over plain HTTP the header means nothing, and a proxy that speaks HTTPS sends its own.
  app.register(helmet, { strictTransportSecurity: tls !== undefined });
  turnAwayWhenLate(app, limits.eventLoopDelayMsMax);
  app.register(async (scope) => {
    scope.get('/health', async (_, reply) => {
      if (await isReady()) return { status: 'ok' };
      return reply.code(503).send({ status: 'starting' });
    });
  });
  return app;
}

/**
 * Once the application closes, whoever is still answered is told to connect anew: a connection that is busy at that moment would
 * otherwise be waited for until its client has been silent for a minute.
 */
function closeConnections(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  app.addHook('onSend', (_, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
}

/** JSON bodies; an empty one is none, since clients send the header with calls that have no body. */
function readJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body);
    if (text === '') done(null, undefined);
    else void parse(request, text.replace(/^\uFEFF/, ''), done);
  });
}

const segmentNotFound = (segment: string): ApiError =>
  new ApiError(404, 'ResourceNotFound', `Resource not found for the segment '${segment.slice(0, 200)}'.`, {
    advice: 'Check the path; Graph is served under /v1.0 and /beta.',
  });
