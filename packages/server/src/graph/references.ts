import { badRequest } from '@allot/contract';
import { isObjectId } from './object-id.ts';

/** References of one request at most, as in Graph. */
const referencesMax = 20;

/** The id in `{"@odata.id": ".../directoryObjects/{id}"}`; whatever host the address names. @throws ApiError 400 */
export function readReference(body: unknown): string {
  const fields: ReadonlyMap<string, unknown> = new Map(
    Object.entries(typeof body === 'object' && body !== null ? body : {}),
  );
  const sent = fields.get('@odata.id');
  if (sent === undefined) {
    throw badRequest(
      "A value is required for property '@odata.id'.",
      'Send {"@odata.id": "https://{host}/v1.0/directoryObjects/{id}"}.',
    );
  }
  return idOf(sent, '@odata.id');
}

/** A body without its `members@odata.bind`, and the ids that were in there. @throws ApiError 400 */
export function splitMembers(body: unknown): { readonly rest: unknown; readonly memberIds: readonly string[] } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { rest: body, memberIds: [] };
  const entries: [string, unknown][] = Object.entries(body);
  const [bound, ...further] = entries.filter(([key]) => isMembers(key));
  if (bound === undefined || further.length > 0) return { rest: body, memberIds: [] };
  const [key, references] = bound;
  if (!Array.isArray(references)) throw badRequest(`'${key}' must be an array.`, 'Send an array of addresses.');
  if (references.length > referencesMax) {
    throw badRequest(
      `The number of references in '${key}' exceeds the limit of ${referencesMax}.`,
      `Add at most ${referencesMax} members in a request. Nothing was changed.`,
    );
  }
  const rest = Object.fromEntries(entries.filter(([name]) => !isMembers(name)));
  return { rest, memberIds: references.map((reference: unknown) => idOf(reference, key)) };
}

const isMembers = (key: string): boolean => key.toLowerCase() === 'members@odata.bind';

const reference = /\/(?:directoryObjects|users|groups)(?:\/|\(')([0-9a-f-]{36})(?:'\))?\/?$/i;

function idOf(sent: unknown, property: string): string {
  const id = typeof sent === 'string' ? reference.exec(sent)?.[1] : undefined;
  if (id !== undefined && isObjectId(id)) return id.toLowerCase();
  throw badRequest(
    `Invalid URL value for '${property}'.`,
    'Send an address that ends in /directoryObjects/{id}, /users/{id} or /groups/{id}, where the id is a UUID.',
  );
}
