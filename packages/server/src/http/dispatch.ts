import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requestIdsOf } from './request-ids.ts';

/** A request that a caller makes inside another one. */
export interface Dispatched {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query. */
  readonly url: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface DispatchedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or a text; left out when there is none. */
  readonly body?: unknown;
}

/** What a request inside another one cannot choose: who asks, whom, and how the message travels. */
const fixed: ReadonlySet<string> = new Set(
  `authorization host forwarded x-forwarded-host x-forwarded-proto content-length transfer-encoding connection
   keep-alive upgrade expect te trailer accept-encoding cookie`.split(/\s+/),
);

/** What of the outer request counts for those inside. */
const inherited = ['authorization', 'host', 'forwarded', 'x-forwarded-host', 'x-forwarded-proto'] as const;

/** What of an answer is told: the rest is about the connection, or the same for all. */
const told = [
  'content-type',
  'location',
  'request-id',
  'client-request-id',
  'retry-after',
  'www-authenticate',
  'allow',
];

/**
 * Answers a request inside another one as if it had come alone: through the same routes, checks and errors, as the same caller. Nothing travels
 * over a socket.
 */
export async function dispatch(
  app: FastifyInstance,
  outer: FastifyRequest,
  { method, url, headers, body }: Dispatched,
): Promise<DispatchedAnswer> {
  const own = Object.entries(headers).filter(([name]) => !fixed.has(name));
  const answer = await app.inject({
    method,
    url,
    headers: {
      'client-request-id': requestIdsOf(outer).clientRequestId,
      ...Object.fromEntries(own),
      ...Object.fromEntries(inherited.flatMap((name) => (outer.headers[name] ? [[name, outer.headers[name]]] : []))),
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const shown = told.flatMap((name) =>
    answer.headers[name] === undefined ? [] : [[name, String(answer.headers[name])] as const],
  );
  const text = answer.body;
  const isJson = String(answer.headers['content-type'] ?? '').startsWith('application/json');
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(shown),
    ...(text === '' ? {} : { body: isJson ? (JSON.parse(text) as unknown) : text }),
  };
}
