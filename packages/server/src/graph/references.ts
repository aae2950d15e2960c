import { badRequest } from '@allot/contract';
import type { RouteRequest } from '../http/index.ts';
import type { GroupReferences } from '../operations/directory/change-groups.ts';
import { isObjectId } from './object-id.ts';
import { versionOf } from './query/links.ts';

/** References of one request at most, as in Graph. */
const referencesMax = 20;

/** The id in `{"@odata.id": ".../directoryObjects/{id}"}`; whatever host the address names. @throws ApiError 400 */
export function readReference(body: unknown): string {
  const fields: readonly [string, unknown][] = Object.entries(typeof body === 'object' && body !== null ? body : {});
  const sent = fields.find(([name]) => name.toLowerCase() === '@odata.id')?.[1];
  if (sent === undefined) {
    throw badRequest(
      "A value is required for property '@odata.id'.",
      'Send {"@odata.id": "https://{host}/v1.0/directoryObjects/{id}"}.',
    );
  }
  return idOf(sent, '@odata.id');
}

/** A body without its `members@odata.bind` and `owners@odata.bind`, and the ids that were in there. @throws ApiError 400 */
export function splitReferences(body: unknown): GroupReferences & { readonly rest: unknown } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { rest: body };
  const entries: [string, unknown][] = Object.entries(body);
  const memberIds = boundIn(entries, 'members');
  const ownerIds = boundIn(entries, 'owners');
  if (memberIds.length + ownerIds.length > referencesMax) {
    throw badRequest(
      `The number of references in the request exceeds the limit of ${referencesMax}.`,
      `Add at most ${referencesMax} members and owners in a request. Nothing was changed.`,
    );
  }
  const rest = Object.fromEntries(entries.filter(([name]) => !/^(?:members|owners)@odata\.bind$/i.test(name)));
  return { rest, memberIds, ownerIds };
}

function boundIn(entries: readonly [string, unknown][], relation: 'members' | 'owners'): readonly string[] {
  const bound = entries.filter(([key]) => key.toLowerCase() === `${relation}@odata.bind`);
  return bound.flatMap(([key, references]) => {
    if (!Array.isArray(references)) throw badRequest(`'${key}' must be an array.`, 'Send an array of addresses.');
    return references.map((sent: unknown) => idOf(sent, key));
  });
}

/** Items of a list of references. */
export const referencesTo = (request: RouteRequest, objects: readonly { readonly id: string }[]) =>
  objects.map(({ id }) => ({ '@odata.id': `${request.root}/${versionOf(request)}/directoryObjects/${id}` }));

/** The end of an address, also as answers name an object: `…/directoryObjects/{id}/Microsoft.DirectoryServices.User`. */
const reference =
  /(?:^|\/)(?:directoryObjects|users|groups)(?:\/|\/?\((?:id=)?')([0-9a-f-]{36})(?:'\))?(?:\/Microsoft\.DirectoryServices\.\w+)?\/?$/i;

function idOf(sent: unknown, property: string): string {
  const id = typeof sent === 'string' ? reference.exec(decoded(sent))?.[1] : undefined;
  if (id !== undefined && isObjectId(id)) return id.toLowerCase();
  throw badRequest(
    `Invalid URL value for '${property}'.`,
    'Send an address that ends in /directoryObjects/{id}, /users/{id} or /groups/{id}, where the id is a UUID.',
  );
}

/** Some clients encode parentheses and quotes. */
const decoded = (address: string): string =>
  address.replaceAll(/%28/g, '(').replaceAll(/%29/g, ')').replaceAll(/%27/g, "'").replaceAll(/%3D/gi, '=');
