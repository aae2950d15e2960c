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

/** The primitive types that Graph's metadata has for what is answered here; any other type is the name of a complex one. */
export const primitiveTypes = ['String', 'Boolean', 'Guid', 'DateTimeOffset', 'Int32'] as const;

export interface ResourceProperty {
  readonly name: string;
  readonly returned: Returned;
  /** What an object answers that has no such thing. */
  readonly empty: EmptyValue;
  /** One of `primitiveTypes`, or the name of a complex type; of a collection that of its items. */
  readonly type: string;
  readonly isCollection: boolean;
  /** Whether it may be null. A collection never is. */
  readonly isNullable: boolean;
  /** Whether an object of a complex type may lack it; of an entity `$select` decides. */
  readonly isOptional: boolean;
}

/**
 * Many properties of one sort at once, as `name:Type`; without a type they are texts. A name that ends in `[]` is a collection, empty as
 * `[]` instead of null; what ends in `!` is never null, and what ends in `?` may be missing.
 */
export function properties(returned: Returned, names: string): readonly ResourceProperty[] {
  return names
    .trim()
    .split(/\s+/)
    .map((word) => {
      const { name = word, list, type = 'String', mark } = written.exec(word)?.groups ?? {};
      const isCollection = list !== undefined;
      const isNullable = !isCollection && mark !== '!';
      const isOptional = mark === '?';
      return { name, returned, empty: isCollection ? [] : null, type, isCollection, isNullable, isOptional };
    });
}

const written = /^(?<name>\w+)(?<list>\[\])?(?::(?<type>\w+))?(?<mark>[!?])?$/;
