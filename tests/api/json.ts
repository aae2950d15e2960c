import assert from 'node:assert/strict';

/** What stands in JSON of whatever shape at a path of names and positions; undefined: nothing. */
export function at(json: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce((inner: unknown, key) => {
    if (typeof inner !== 'object' || inner === null) return undefined;
    return new Map<string, unknown>(Object.entries(inner)).get(String(key));
  }, json);
}

/** The list that stands there. */
export function listAt(json: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const list = at(json, ...path);
  assert.ok(Array.isArray(list), `no list at ${path.join('/')} of ${JSON.stringify(json)?.slice(0, 500)}`);
  return list;
}

/** The text that stands there. */
export function textAt(json: unknown, ...path: readonly (string | number)[]): string {
  const text = at(json, ...path);
  assert.equal(typeof text, 'string', `no text at ${path.join('/')} of ${JSON.stringify(json)?.slice(0, 500)}`);
  return String(text);
}

/** Some properties of an object, for a comparison that is about these. */
export const pick = (json: unknown, ...names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, at(json, name)]));
