import type { ErrorCode, RefusalCode } from './error-codes.ts';
import { ApiError } from './errors.ts';
import type { ErrorDetail } from './errors.ts';
import type { Collection } from './resources/index.ts';

/**
 * A small client of everything this product answers: Graph at `/v1.0`, the own API at `/allot/v1`. Paths begin with
 * a slash and are relative to the base URL. What an answer looks like is the caller's to name (`get<Collection<User>>`).
 *
 * Throws `ApiError` for what the server refuses, `SignInRefused` when it does not believe the caller, and
 * `ServerUnreachable` when nobody, or somebody else, answers. A `signal` breaks off a request whose answer nobody
 * needs any more, and the wait for a busy server; its reason is thrown then.
 */
export interface Client {
  readonly baseUrl: string;
  get<T>(path: string, headers?: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<T>;
  /** Undefined when the answer has no body (202, 204). What a change did that is broken off is not known. */
  send<T>(method: SendMethod, path: string, body?: unknown, signal?: AbortSignal): Promise<T | undefined>;
  /** Follows `@odata.nextLink`; one page is held at a time. `headers` are sent with each page, as Graph requires. */
  pages<T>(
    path: string,
    headers?: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): AsyncGenerator<readonly T[], void, undefined>;
  /** The value of the `Authorization` header, for requests that do not go through this client. */
  authorization(): Promise<string>;
}

export type SendMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the server writes to `credentials.json` at its first start. */
export interface Credentials {
  readonly baseUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Gives an access token; with `renew` a new one, because the last was refused. */
export type TokenSource = (renew: boolean) => Promise<string>;

export interface ClientOptions {
  /** Told before each wait that a busy server asked for. */
  readonly onWait?: (seconds: number, status: number) => void;
}

/** A server that is busy (429, 503) is asked this many times in all … */
export const attemptsMax = 6;
/** … and a wait longer than this is not begun: the caller is told instead. */
export const waitSecondsMax = 60;
/** No answer is waited for longer: a page or a group's assignment takes well under a second. */
export const requestMsMax = 300_000;
/** A token is renewed this long before it ends, so that none ends on its way. */
export const tokenMarginMs = 60_000;

export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable';
}

export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  /** OAuth's word for the reason, such as `authorization_pending`. */
  readonly reason: string | undefined;

  constructor(message: string, reason?: string) {
    super(message);
    this.reason = reason;
  }
}

interface Init {
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
  readonly signal?: AbortSignal | undefined;
}

export function createClient(baseUrl: string, tokens: TokenSource, options: ClientOptions = {}): Client {
  const base = baseUrl.replace(/\/+$/, '');

  async function request(path: string, init: Init): Promise<string> {
    const send = async (renew: boolean): Promise<Response> => {
      const headers = { ...init.headers, authorization: `Bearer ${await tokens(renew)}` };
      return fetchPolitely(`${base}${path}`, { ...init, headers }, options);
    };
    let response = await send(false);
    if (response.status === 401) {
      await response.body?.cancel();
      response = await send(true);
    }
    const text = await readText(response, base, init.signal);
    if (response.status === 401) throw new SignInRefused(errorFrom(response, text).message);
    if (!response.ok) throw errorFrom(response, text);
    return text;
  }

  const get: Client['get'] = async <T>(path: string, headers = {}, signal?: AbortSignal) => {
    const text = await request(path, { headers: { accept: 'application/json', ...headers }, signal });
    return parseAnswer<T>(text, base);
  };

  return {
    baseUrl: base,
    get,
    async send<T>(method: SendMethod, path: string, body?: unknown, signal?: AbortSignal): Promise<T | undefined> {
      const json = { accept: 'application/json', 'content-type': 'application/json' };
      const init = body === undefined ? { headers: { accept: 'application/json' } } : { headers: json };
      const text = await request(path, {
        ...init,
        method,
        signal,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return text === '' ? undefined : parseAnswer<T>(text, base);
    },
    async *pages<T>(path: string, headers?: Readonly<Record<string, string>>, signal?: AbortSignal) {
      let next: string | undefined = path;
      while (next !== undefined) {
        const page: Collection<T> = await get<Collection<T>>(next, headers, signal);
        yield page.value;
        next = page['@odata.nextLink'] === undefined ? undefined : pathOfLink(page['@odata.nextLink']);
      }
    },
    async authorization() {
      return `Bearer ${await tokens(false)}`;
    },
  };
}

/**
 * Tokens of an application, by client credentials, kept in memory only. `baseUrl` is where the server is asked, which
 * may differ from the address it knows itself by (a port forwarded by hand).
 */
export function clientCredentials(
  credentials: Credentials,
  baseUrl: string = credentials.baseUrl,
  options: ClientOptions = {},
): TokenSource {
  const base = baseUrl.replace(/\/+$/, '');
  let token: { readonly value: string; readonly renewAt: number } | undefined;
  return async (renew) => {
    if (renew || token === undefined || Date.now() >= token.renewAt)
      token = await askForToken(credentials, base, options);
    return token.value;
  };
}

async function askForToken(credentials: Credentials, base: string, options: ClientOptions) {
  const form = {
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    scope: `${credentials.baseUrl.replace(/\/+$/, '')}/.default`,
  };
  const answer = await postForm<{ access_token?: string; expires_in?: number }>(
    { base, tenantId: credentials.tenantId, endpoint: 'token' },
    form,
    options,
  );
  if (typeof answer.access_token !== 'string') throw notAllot(base);
  const lifeMs = (answer.expires_in ?? 300) * 1000;
  return { value: answer.access_token, renewAt: Date.now() + Math.max(lifeMs - tokenMarginMs, lifeMs / 2) };
}

/** Where a form of OAuth is sent: `{base}/{tenantId}/oauth2/v2.0/{endpoint}`; base without a slash at its end. */
export interface SignInEndpoint {
  readonly base: string;
  readonly tenantId: string;
  readonly endpoint: string;
}

/**
 * Sends a form of OAuth and reads the answer.
 * @throws SignInRefused with OAuth's word for the reason
 */
export async function postForm<T>(
  { base, tenantId, endpoint }: SignInEndpoint,
  form: Readonly<Record<string, string>> | URLSearchParams,
  options: ClientOptions = {},
): Promise<T> {
  const url = `${base}/${encodeURIComponent(tenantId)}/oauth2/v2.0/${endpoint}`;
  const body = new URLSearchParams(form);
  const response = await fetchPolitely(url, { method: 'POST', body, headers: { accept: 'application/json' } }, options);
  const text = await readText(response, base);
  if (response.status === 400 || response.status === 401) {
    const error = parseObject(text)?.['error'];
    throw new SignInRefused(tokenRefusal(text), typeof error === 'string' ? error : undefined);
  }
  if (!response.ok) throw errorFrom(response, text);
  // A revocation is answered with nothing.
  return parseAnswer<T>(text === '' ? '{}' : text, base);
}

/** OAuth's error body, `{ error, error_description }`; the first line of the description is for people. */
function tokenRefusal(text: string): string {
  const body = parseObject(text);
  const description = body?.['error_description'] ?? body?.['error'];
  return typeof description === 'string' ? (description.split(/\r?\n/)[0] ?? description) : 'The sign-in was refused.';
}

/** Asks again when the server is busy: after the time it names, else after 1, 2, 4 … seconds. Both have limits. */
async function fetchPolitely(url: string, init: Init, options: ClientOptions): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetchOnce(url, init);
    if ((response.status !== 429 && response.status !== 503) || attempt >= attemptsMax) return response;
    const seconds = secondsToWait(response.headers.get('retry-after'), attempt, Date.now());
    if (seconds > waitSecondsMax) return response;
    await response.body?.cancel();
    options.onWait?.(seconds, response.status);
    await wait(seconds * 1000, init.signal);
  }
}

async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(end, ms);
    function end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    }
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
  signal?.throwIfAborted();
}

async function fetchOnce(url: string, { signal, ...init }: Init): Promise<Response> {
  const limit = AbortSignal.timeout(requestMsMax);
  try {
    return await fetch(url, { ...init, signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) });
  } catch (error) {
    signal?.throwIfAborted();
    throw new ServerUnreachable(`No answer from ${new URL(url).origin}: ${reasonOf(error)}.`, { cause: error });
  }
}

/** `header` is seconds or an HTTP date (RFC 9110, 10.2.3); without one the wait doubles with each attempt. */
export function secondsToWait(header: string | null, attempt: number, now: number): number {
  if (header !== null && /^\d+$/.test(header.trim())) return Number(header);
  const at = header === null ? Number.NaN : Date.parse(header);
  return Number.isNaN(at) ? 2 ** (attempt - 1) : Math.max(0, Math.ceil((at - now) / 1000));
}

/** Node.js wraps the cause of a failed `fetch`; its code says more than "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `nothing came within ${requestMsMax / 1000} seconds`;
  const cause = error.cause;
  if (!(cause instanceof Error)) return error.message;
  // Connecting to a name with several addresses fails with one error per address and no message of its own.
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause.message === '' ? error.message : cause.message;
}

async function readText(response: Response, base: string, signal?: AbortSignal): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    signal?.throwIfAborted();
    throw new ServerUnreachable(`${base} broke off in the middle of an answer: ${reasonOf(error)}.`, { cause: error });
  }
}

function parseAnswer<T>(text: string, base: string): T {
  const body = parseObject(text);
  if (body === undefined) throw notAllot(base);
  // True as long as the server keeps to the contract that the caller names, which the contract's tests see to.
  return body as T;
}

const notAllot = (base: string): ServerUnreachable =>
  new ServerUnreachable(`What answers at ${base} is not Allot: it did not answer with JSON.`);

/** Graph's error body as the `ApiError` the server threw; anything else by its status. */
export function errorFrom(response: Pick<Response, 'status' | 'statusText' | 'headers'>, text: string): ApiError {
  const body = parseObject(text);
  const requestId = response.headers.get('request-id');
  const fallback = `The server answered ${response.status} ${response.statusText}`.trim();
  return apiErrorOf(response.status, body, { fallback, ...(requestId === null ? {} : { requestId }) });
}

/**
 * The same of a body that was read already: of a part of a batch, or of a file that was sent.
 * @param fallback the message where the body has none
 */
export function apiErrorOf(
  status: number,
  body: unknown,
  { fallback = `HTTP ${status}`, requestId }: { readonly fallback?: string; readonly requestId?: string } = {},
): ApiError {
  const error = asObject(asObject(body)?.['error']);
  const inner = asObject(error?.['innerError']) ?? asObject(error?.['innererror']);
  const code = error?.['code'];
  const message = error?.['message'];
  const advice = inner?.['advice'];
  const details = error?.['details'];
  const refusal = inner?.['code'];
  return new ApiError(
    status,
    // `as`: what a newer server says may not be among the codes, and whoever looks it up finds nothing then.
    (typeof code === 'string' ? code : `Http${status}`) as ErrorCode,
    typeof message === 'string' ? message : fallback,
    {
      ...(typeof advice === 'string' ? { advice } : {}),
      ...(typeof refusal === 'string' ? { refusal: refusal as RefusalCode } : {}),
      ...(Array.isArray(details) ? { details: details.filter(isDetail) } : {}),
      ...(requestId === undefined ? {} : { headers: { 'request-id': requestId } }),
    },
  );
}

function isDetail(value: unknown): value is ErrorDetail {
  const detail = asObject(value);
  return typeof detail?.['code'] === 'string' && typeof detail['message'] === 'string';
}

/**
 * The path of a link, without the address the server knows itself by: the token goes only where the caller sent it,
 * and a forwarded port keeps working.
 */
export function pathOfLink(link: string): string {
  const url = new URL(link);
  const start = /\/(v1\.0|beta|allot\/v1)\//i.exec(url.pathname)?.index ?? 0;
  return `${url.pathname.slice(start)}${url.search}`;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined; // Not JSON: each caller says what that means.
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  // An object that is neither null nor an array is a record of unknown values.
  return value as Readonly<Record<string, unknown>>;
}
