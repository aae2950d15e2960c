import { type ResourceProperty, type ResourceType, resourceTypes } from '@allot/contract';
import { flag, guid, instant, list, object, orNull, ref, type Schema, text, whole } from './json-schema.ts';

/** Annotations of OData, which answers have unless the client asks for none. */
const annotations = { '^@odata\\.': {} };
/** Directory extensions, which nobody declared. */
const openProperties = { '^extension_': {} };

const primitives: Readonly<Record<string, Schema>> = {
  String: text,
  Boolean: flag,
  Guid: guid,
  DateTimeOffset: instant,
  Int32: whole,
};

/** A schema for each type of Graph, by its name, and for what each action takes, by the name of the action. */
export const resourceSchemas = (version: 'v1.0' | 'beta'): Readonly<Record<string, Schema>> =>
  Object.fromEntries(resourceTypes.map((type) => [type.name, schemaOf(type, version)]));

/** `directoryObject` is what derives from it: nothing else is ever answered. */
function schemaOf(type: ResourceType, version: 'v1.0' | 'beta'): Schema {
  if (type.name === 'directoryObject') return { anyOf: [ref('user'), ref('group')] };
  const properties = version === 'beta' ? [...type.properties, ...(type.betaProperties ?? [])] : type.properties;
  const shown = [...properties.filter(({ returned }) => returned !== 'never'), ...(type.navigations ?? [])];
  const schemas = schemasOf(shown);
  if (type.kind === 'entity') {
    const patternProperties = type.isOpen === true ? { ...annotations, ...openProperties } : annotations;
    // Which properties there are is for $select to say.
    return { ...object(schemas, 'all'), patternProperties };
  }
  if (type.isOpen === true) return { type: 'object' };
  const optional = properties.filter((property) => mayLack(type, property)).map(({ name }) => name);
  return { ...object(schemas, optional), patternProperties: annotations };
}

/** Of an action what may be null may be left out. */
const mayLack = ({ kind }: ResourceType, { isOptional, isNullable }: ResourceProperty): boolean =>
  isOptional || (kind === 'parameters' && isNullable);

/** The schema of each property, by name. */
export const schemasOf = (properties: readonly ResourceProperty[]): Readonly<Record<string, Schema>> =>
  Object.fromEntries(properties.map((property) => [property.name, schemaOfProperty(property)]));

function schemaOfProperty({ type, isCollection, isNullable }: ResourceProperty): Schema {
  const item = primitives[type] ?? ref(type);
  if (isCollection) return list(item);
  return isNullable ? orNull(item) : item;
}
