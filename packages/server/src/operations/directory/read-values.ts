import { badRequest } from '@allot/contract';
import { isDirectoryExtension, readExtension } from './directory-extensions.ts';
import { invalidValue, missingValue, readOnlyProperty, unknownProperty } from './property-errors.ts';
import type { ValueReader } from './value-readers.ts';

/** How the properties of a resource are written. Names in Graph's spelling. */
export interface WritableProperties {
  readonly resource: 'User' | 'Group';
  readonly readers: Readonly<Record<string, ValueReader>>;
  readonly required: readonly string[];
  /** Properties that exist and that nobody can set. */
  readonly readOnly: readonly string[];
}

/**
 * The values that a body sets, by Graph's names; names of the body compare without case, annotations are left out.
 * @param creating whether the required properties must be there
 * @throws ApiError 400 naming the first property at fault
 */
export function readValues(body: unknown, properties: WritableProperties, creating: boolean): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const sent = new Set<string>();
  for (const [key, value] of Object.entries(objectOf(body))) {
    if (/@odata\.bind$/i.test(key)) throw cannotBind(key);
    if (key.includes('@')) continue;
    if (properties.resource === 'User' && isDirectoryExtension(key)) {
      if (sent.has(key.toLowerCase())) throw invalidValue(key, 'Send the property once.');
      sent.add(key.toLowerCase());
      values['extensions'] = { ...objectOf(values['extensions'] ?? {}), [key]: readExtension(value, key) };
      continue;
    }
    const name = findName(key, properties);
    if (sent.has(name)) throw invalidValue(name, 'Send the property once.');
    sent.add(name);
    const read = properties.readers[name]?.(value, name);
    if (read !== undefined) values[name] = read;
  }
  const missing = creating ? properties.required.find((name) => !sent.has(name)) : undefined;
  if (missing !== undefined) throw missingValue(missing, properties.resource);
  return values;
}

/** @throws ApiError 400 unless the body is an object */
export function objectOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw badRequest('A JSON object is required in the request body.', 'Send the properties as one JSON object.');
}

const cannotBind = (key: string) =>
  badRequest(
    `References cannot be added with '${key.slice(0, 80)}'.`,
    'Leave it out: of the references, the members and the owners of groups can be sent with their group.',
  );

function findName(key: string, { readers, readOnly }: WritableProperties): string {
  const same = (name: string) => name.toLowerCase() === key.toLowerCase();
  const fixed = readOnly.find(same);
  if (fixed !== undefined) throw readOnlyProperty(fixed);
  const name = Object.keys(readers).find(same);
  if (name === undefined) throw unknownProperty(key);
  return name;
}
