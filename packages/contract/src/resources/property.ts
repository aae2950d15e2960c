/**
 * How a property of a Graph resource is answered.
 *
 * - `default`   stands in every answer that does not name its properties
 * - `select`    only when `$select` names it
 * - `licensing` like `select`, and says something about licenses
 * - `elsewhere` belongs to a store outside the directory: asked of one object it is empty, asked of a list it is 501
 * - `never`     only `$filter` knows it
 */
export type Returned = 'default' | 'select' | 'licensing' | 'elsewhere' | 'never';

export type EmptyValue = null | readonly [];

export interface ResourceProperty {
  readonly name: string;
  readonly returned: Returned;
  /** What an object answers that has no such thing. */
  readonly empty: EmptyValue;
}

/** Many properties of one sort at once; a name that ends in `[]` is a collection, empty as `[]` instead of null. */
export function properties(returned: Returned, names: string): readonly ResourceProperty[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) =>
      name.endsWith('[]') ? { name: name.slice(0, -2), returned, empty: [] } : { name, returned, empty: null },
    );
}
