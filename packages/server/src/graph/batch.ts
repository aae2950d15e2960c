import { ApiError } from '@allot/contract';
import { type DispatchedAnswer, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { versionOf } from './query/links.ts';

/** Requests of one batch at most, as in Graph. */
const requestsMax = 20;

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** One request of a batch. */
interface Part {
  readonly id: string;
  readonly method: (typeof methods)[number];
  /** Path and query, with the version before them. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

type Responses = Map<string, DispatchedAnswer>;

/**
 * POST /$batch. Each request goes through the same door as if it came alone, with the caller's token, one after the other in the
 * order of the batch, dependencies first. What one depends on and failed is not asked for.
 * @throws ApiError 400 for a batch that cannot be read; then nothing of it is done
 */
export async function postBatch(request: RouteRequest): Promise<RouteAnswer> {
  const parts = readParts(request);
  const responses: Responses = new Map();
  for (const part of inOrder(parts)) responses.set(part.id, await answerPart(request, part, responses));
  return ok({ responses: parts.map(({ id }) => ({ id, ...responses.get(id) })) });
}

async function answerPart(
  request: RouteRequest,
  { method, url, headers, body, dependsOn }: Part,
  responses: Responses,
): Promise<DispatchedAnswer> {
  if (dependsOn.some((id) => (responses.get(id)?.status ?? 0) >= 400)) return failedDependency;
  if (/\/\$batch$/i.test(url.split('?')[0] ?? '')) return nestedBatch;
  return request.dispatch({ method, url, headers, body });
}

const failed = (status: number, code: string, message: string): DispatchedAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: { error: { code, message } },
});

const failedDependency = failed(424, 'FailedDependency', 'A request that this one depends on failed.');
const nestedBatch = failed(400, 'BadRequest', 'A batch cannot be part of a batch.');

function readParts(request: RouteRequest): readonly Part[] {
  const { requests } = recordOf(request.body, 'The body');
  if (!Array.isArray(requests) || requests.length === 0)
    throw invalidBatch("Property 'requests' is missing, empty, or no array.", 'Send { "requests": [ … ] }.');
  if (requests.length > requestsMax)
    throw invalidBatch(
      `Number of batch request steps exceeds the max value of ${requestsMax}.`,
      `Send at most ${requestsMax} requests at a time.`,
    );
  const parts = requests.map((part: unknown) => readPart(part, versionOf(request)));
  const ids = new Set(parts.map(({ id }) => id));
  if (ids.size < parts.length)
    throw invalidBatch('Request Ids have to be unique in a batch.', 'Give each request an id of its own.');
  for (const { id, dependsOn } of parts)
    for (const other of dependsOn)
      if (!ids.has(other))
        throw invalidBatch(
          `Request ${id} depends on ${other.slice(0, 80)}, which is not in the batch.`,
          'Correct dependsOn.',
        );
  return parts;
}

function readPart(value: unknown, version: string): Part {
  const { id, method, url, headers = {}, body, dependsOn = [] } = recordOf(value, 'A request');
  const name = typeof id === 'number' ? String(id) : id;
  if (typeof name !== 'string' || name === '') throw invalidBatch('A request has no id.', 'Give each request an id.');
  const known = methods.find((one) => typeof method === 'string' && one === method.toUpperCase());
  if (known === undefined)
    throw invalidBatch(`Request ${name} has no method, or one that is not known.`, `Use ${methods.join(', ')}.`);
  if (typeof url !== 'string' || url === '')
    throw invalidBatch(`Request ${name} has no url.`, 'Send a relative one: /users.');
  const sent = Object.entries(recordOf(headers ?? {}, 'headers')).flatMap(([header, text]) =>
    typeof text === 'string' ? [[header.toLowerCase(), text] as const] : [],
  );
  if (body !== undefined && body !== null && !sent.some(([header]) => header === 'content-type'))
    throw invalidBatch(
      `Write request id : ${name} does not contain Content-Type header or body.`,
      'Send "headers": { "Content-Type": "application/json" } with it.',
    );
  if (!Array.isArray(dependsOn))
    throw invalidBatch(`dependsOn of request ${name} is no array.`, 'Send an array of ids.');
  return {
    id: name,
    method: known,
    url: addressOf(name, url, version),
    headers: Object.fromEntries(sent),
    body: body ?? undefined,
    dependsOn: dependsOn.map(String),
  };
}

/** Relative addresses, with or without a slash before them; of absolute ones the path, whatever the host. */
function addressOf(id: string, url: string, version: string): string {
  const relative = url.replace(/^https?:\/\/[^/]*/i, '').replace(/^\/?(?:v1\.0|beta)\//i, '/');
  const target = `./${relative.replace(/^\/+/, '')}`;
  const base = `http://host/${version}/`;
  const { pathname, search } = URL.canParse(target, base) ? new URL(target, base) : { pathname: '', search: '' };
  if (!pathname.startsWith(`/${version}/`))
    throw invalidBatch(`The url of request ${id} leads elsewhere.`, `Send an address below /${version}.`);
  return pathname + search;
}

/** Each after what it depends on, otherwise as sent. @throws ApiError 400 for a circle */
function inOrder(parts: readonly Part[]): readonly Part[] {
  const ordered: Part[] = [];
  const done = new Set<string>();
  let left = parts;
  while (left.length) {
    const next = left.find(({ dependsOn }) => dependsOn.every((id) => done.has(id)));
    if (next === undefined) throw invalidBatch('Requests depend on each other in a circle.', 'Correct dependsOn.');
    ordered.push(next);
    done.add(next.id);
    left = left.filter((part) => part !== next);
  }
  return ordered;
}

function recordOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw invalidBatch(`${what} is no JSON object.`, 'Send { "requests": [ { "id", "method", "url" } ] }.');
}

const invalidBatch = (message: string, advice: string): ApiError =>
  new ApiError(400, 'BadRequest', `Invalid batch payload format. ${message}`, { advice });
