import { ApiError, badRequest } from '@allot/contract';
import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { importGroups } from '../operations/imports/import-groups.ts';
import { importProducts } from '../operations/imports/import-products.ts';
import { importUsers } from '../operations/imports/import-users.ts';
import { fewAtATime } from './few-at-a-time.ts';
import { readFlag } from './query-flag.ts';
import { Upload } from './upload.ts';

/** POST /imports/products?skipBad=&dryRun=&preview= */
export async function postProducts(request: RouteRequest): Promise<RouteAnswer> {
  const [file, options] = [fileOf(request), { ...optionsOf(request), preview: request.query.get('preview') }];
  return ok(await fewAtATime(() => importProducts(request.ctx, file, options)));
}

/** POST /imports/users?skipBad=&dryRun=&map= */
export async function postUsers(request: RouteRequest): Promise<RouteAnswer> {
  const [file, options] = [fileOf(request), { ...optionsOf(request), mapping: mappingOf(request) }];
  return ok(await fewAtATime(() => importUsers(request.ctx, file, options)));
}

/** POST /imports/groups?skipBad=&dryRun= */
export async function postGroups(request: RouteRequest): Promise<RouteAnswer> {
  const [file, options] = [fileOf(request), optionsOf(request)];
  return ok(await fewAtATime(() => importGroups(request.ctx, file, options)));
}

function fileOf({ body }: RouteRequest): AsyncGenerator<Buffer> {
  if (body instanceof Upload) return body.read();
  throw new ApiError(415, 'UnsupportedMediaType', 'The request body is no file.', {
    advice: "Send the CSV file itself as the body, with the header 'Content-Type: text/csv'.",
  });
}

const optionsOf = (request: RouteRequest) => ({
  skipBad: readFlag(request, 'skipBad'),
  dryRun: readFlag(request, 'dryRun'),
});

/** What columns are that nobody knows by name: a JSON object of column names and properties. */
function mappingOf({ query }: RouteRequest): Readonly<Record<string, string>> {
  const sent = query.get('map');
  if (sent === undefined) return {};
  const mapping = Object.entries(parsed(sent));
  const texts = mapping.flatMap(([column, property]): [string, string][] =>
    typeof property === 'string' ? [[column, property]] : [],
  );
  if (texts.length < mapping.length) throw badMapping();
  return Object.fromEntries(texts);
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Not JSON: the same advice.
  }
  throw badMapping();
}

const badMapping = () =>
  badRequest('map cannot be read.', 'Write it as JSON, percent-encoded: map={"Cost center":"extensionAttribute1"}.');
