import { type ApiError, apiErrorOf, type Client } from '@allot/contract';

/** One request of `$batch`; `url` begins after the version. */
export interface BatchRequest {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly body?: unknown;
}

/** What became of it; `problem`: undefined where it went well. */
export interface BatchResult {
  readonly id: string;
  readonly status: number;
  readonly body: unknown;
  readonly problem: ApiError | undefined;
}

/** What `$batch` takes at once. */
const batchMax = 20;
/** A request that the server puts off is sent again so often, after as many seconds as it says. */
const attemptsMax = 6;

interface Answer {
  readonly id: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * Sends any number of requests, twenty at a time, and tells after each twenty how far it is.
 * @param signal ends it between two batches; what was sent stays done
 * @throws ApiError when a whole batch is refused
 */
export async function sendInBatches(
  client: Client,
  requests: readonly BatchRequest[],
  onResults: (results: readonly BatchResult[]) => void = () => undefined,
  signal?: AbortSignal,
): Promise<readonly BatchResult[]> {
  const all: BatchResult[] = [];
  for (let start = 0; start < requests.length && !signal?.aborted; start += batchMax) {
    const results = await sendOne(client, requests.slice(start, start + batchMax));
    all.push(...results);
    onResults(results);
  }
  return all;
}

async function sendOne(client: Client, requests: readonly BatchRequest[]): Promise<readonly BatchResult[]> {
  const done = new Map<string, BatchResult>();
  let open = requests;
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const answer = await client.send<{ readonly responses: readonly Answer[] }>('POST', '/v1.0/$batch', {
      requests: open.map(({ body, ...request }) =>
        body === undefined ? request : { ...request, headers: { 'Content-Type': 'application/json' }, body },
      ),
    });
    const putOff = (answer?.responses ?? []).filter(({ status }) => status === 429 || status === 503);
    for (const one of answer?.responses ?? []) {
      done.set(one.id, { id: one.id, status: one.status, body: one.body, problem: problemOf(one) });
    }
    if (putOff.length === 0 || attempt === attemptsMax) break;
    const ids = new Set(putOff.map(({ id }) => id));
    open = open.filter(({ id }) => ids.has(id));
    const seconds = Math.max(...putOff.map(({ headers }) => Number(headers?.['Retry-After'] ?? 1) || 1));
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
  return requests.flatMap(({ id }) => done.get(id) ?? []);
}

const problemOf = ({ status, body }: Answer): ApiError | undefined =>
  status < 400 ? undefined : apiErrorOf(status, body);
