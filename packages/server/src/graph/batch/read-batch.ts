import { validateHeaderName, validateHeaderValue } from 'node:http';
import { ApiError } from '@allot/contract';
import { checkTexts, type Part } from '../../http/index.ts';

/** Requests in one batch, as in Graph. */
const STEPS_MAX = 20;
/** Characters of the id that a client gives a request; a UUID has 36. */
const ID_LENGTH_MAX = 256;
/** Characters of the address of a request: what Node.js takes for a whole head of a request that comes by itself. */
const URL_LENGTH_MAX = 16 * 1024;
/** Headers of one request; clients send about five. */
const HEADERS_MAX = 100;

/** A request of a batch. */
export interface Step {
  /** Unique in its batch. */
  readonly id: string;
  readonly part: Part;
  /** Ids of those that must succeed first. */
  readonly dependsOn: readonly string[];
}

/**
 * Reads the body of a batch. Everything that would make it unclear what is to be done refuses the whole batch, before
 * anything of it is done; what only one request is about is answered to that request.
 * @throws ApiError 400, in Graph's words as far as they are known
 */
export function readBatch(body: unknown, version: 'v1.0' | 'beta'): readonly Step[] {
  const requests = isObject(body) ? body['requests'] : undefined;
  if (!Array.isArray(requests)) throw malformed("Send a JSON object with an array 'requests'.");
  if (requests.length === 0) throw malformed("Send at least one request in 'requests'.");
  if (requests.length > STEPS_MAX) {
    throw batchError('Number of requests inside batch exceeds the limit.', `Send at most ${STEPS_MAX} at a time.`);
  }
  const steps = requests.map((request: unknown) => readStep(request, version));
  const ids = new Set<string>();
  for (const { id } of steps) {
    if (ids.has(id)) throw batchError(`Request Id ${id} has to be unique in a batch.`, 'Give each request its own id.');
    ids.add(id);
  }
  return steps;
}

export const batchError = (message: string, advice: string): ApiError =>
  new ApiError(400, 'BadRequest', message, { advice: `${advice} Nothing of the batch was done.` });

const malformed = (advice: string): ApiError => batchError('Invalid batch payload format.', advice);

function readStep(request: unknown, version: string): Step {
  if (!isObject(request)) throw malformed('Each of the requests must be a JSON object.');
  const { body, ...rest } = request;
  checkTexts(rest);
  const id = readId(request['id']);
  if (id === undefined) throw malformed("Give each request an 'id': a text or a number.");
  const method = methods.find((one) => one === String(request['method']).toUpperCase());
  if (method === undefined) throw malformed(`Give request '${id}' a 'method': ${methods.join(', ')}.`);
  const url = readUrl(id, request['url'], version);
  const headers = readHeaders(id, request['headers'] ?? {});
  const part = { method, url, headers, body: writeBody(id, method, headers, body ?? undefined) };
  return { id, part, dependsOn: readDependsOn(id, request['dependsOn'] ?? []) };
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Clients send numbers as well; ids are answered as texts all the same, as in Graph. */
function readId(id: unknown): string | undefined {
  const text = typeof id === 'number' && Number.isFinite(id) ? String(id) : id;
  return typeof text === 'string' && text !== '' && text.length <= ID_LENGTH_MAX ? text : undefined;
}

function readDependsOn(id: string, dependsOn: unknown): readonly string[] {
  const problem = `'dependsOn' of request '${id}' must be an array of ids.`;
  if (!Array.isArray(dependsOn) || dependsOn.length > STEPS_MAX) throw malformed(problem);
  return dependsOn.map((one: unknown) => {
    const other = readId(one);
    if (other === undefined) throw malformed(problem);
    return other;
  });
}

/**
 * The address of a request: relative to the version, with or without a slash before it. A version before that is tolerated
 * if it is the one asked, since microsoft-graph-client 3.0.7 makes it of absolute addresses.
 */
function readUrl(id: string, url: unknown, version: string): string {
  const problem = `Give request '${id}' a 'url' relative to /${version}, such as /users?$top=5, of at most ${URL_LENGTH_MAX} characters.`;
  if (typeof url !== 'string' || url === '' || url.length > URL_LENGTH_MAX) throw malformed(problem);
  if (isAbsolute.test(url) || hasControls.test(url)) throw malformed(problem);
  const parts = url.replace(/^\/+/, '').split('/');
  const relative = parts.slice(parts[0]?.toLowerCase() === version ? 1 : 0).join('/');
  // No browser comes between that would take what follows # for its own: it is part of a name, as in a guest's.
  const whole = URL.parse(`http://host/${version}/${relative.replaceAll('#', '%23').replaceAll('\\', '%5C')}`);
  // `..` must not lead out of the version.
  if (!whole?.pathname.startsWith(`/${version}/`)) throw malformed(problem);
  return whole.pathname + whole.search;
}

const isAbsolute = /^[a-z][a-z\d+.-]*:\/\//i;
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const hasControls = /[\u0000-\u001f\u007f]/;

function readHeaders(id: string, headers: unknown): Readonly<Record<string, string>> {
  if (!isObject(headers)) throw malformed(`'headers' of request '${id}' must be a JSON object of texts.`);
  const entries = Object.entries(headers);
  if (entries.length > HEADERS_MAX) throw malformed(`Give request '${id}' at most ${HEADERS_MAX} headers.`);
  const read = new Map<string, string>();
  for (const [name, sent] of entries) {
    const value = typeof sent === 'number' || typeof sent === 'boolean' ? String(sent) : sent;
    if (typeof value !== 'string' || !isHeader(name, value)) {
      throw malformed(`Header '${name.slice(0, 80)}' of request '${id}' must be a text that a header may have.`);
    }
    if (read.has(name.toLowerCase())) throw malformed(`Request '${id}' has the header '${name}' twice; send it once.`);
    read.set(name.toLowerCase(), value);
  }
  return Object.fromEntries(read);
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

/** Graph demands the header with every change; here only with a body, since some changes have none. */
function writeBody(id: string, method: Part['method'], headers: Part['headers'], body: unknown): string | undefined {
  if (body === undefined || method === 'GET' || method === 'DELETE') return undefined;
  if (headers['content-type'] === undefined) {
    throw batchError(
      `Write request with id '${id}' does not contain a Content-Type header.`,
      `Add "headers": {"Content-Type": "application/json"} to the request.`,
    );
  }
  try {
    return JSON.stringify(body);
  } catch {
    // The only reason why what was just read cannot be written: reading needs no stack, writing does.
    throw batchError('The request body is nested too deeply.', `Nest objects and arrays of request '${id}' less deep.`);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
