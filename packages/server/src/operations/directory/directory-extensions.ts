import { invalidValue } from './property-errors.ts';

export { isDirectoryExtension } from '@allot/store';

/** Directory extensions of one user at most, as in Graph. */
const extensionsMax = 100;
/** Characters of a text at most, as in Graph. */
const charsMax = 256;

/** A value of a directory extension: one text, number or flag; null takes it away. */
export function readExtension(value: unknown, property: string): string | number | boolean | null {
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return value;
  if (typeof value === 'string' && value.length <= charsMax) return value === '' ? null : value;
  throw invalidValue(property, `Send one text of at most ${charsMax} characters, a number, true, false or null.`);
}

/**
 * The directory extensions of a user after some were set: by names of any case, as first written.
 * @throws ApiError 400 when there are too many
 */
export function directoryExtensions(before: unknown, changes: unknown): Readonly<Record<string, unknown>> {
  const values = new Map<string, readonly [name: string, value: unknown]>();
  for (const extensions of [before, changes]) {
    if (typeof extensions !== 'object' || extensions === null) continue;
    for (const [name, value] of Object.entries(extensions)) {
      const key = name.toLowerCase();
      if (value === null) values.delete(key);
      else values.set(key, [values.get(key)?.[0] ?? name, value]);
    }
  }
  if (values.size > extensionsMax)
    throw invalidValue('extensions', `A user has at most ${extensionsMax} directory extensions; take some away first.`);
  return Object.fromEntries(values.values());
}
