import { ApiError, properties as propertiesOf, type ResourceProperty } from '@allot/contract';
import { isDirectoryExtension } from '../../operations/directory/directory-extensions.ts';
import type { Query } from '../../http/index.ts';

/** The properties that an answer shows. */
export interface Selection {
  readonly properties: readonly ResourceProperty[];
  /** Their names, for whoever reads them. */
  readonly names: readonly string[];
  /** `(id,displayName)` for the context of the answer; '' when nothing was selected. */
  readonly clause: string;
  /** Whether licensing must be asked. */
  readonly licensing: boolean;
}

/** What can be selected of a type of resource. */
export interface Selectable {
  readonly typeName: string;
  readonly byName: ReadonlyMap<string, ResourceProperty>;
  readonly all: readonly ResourceProperty[];
  /** What is shown when nothing is selected. */
  readonly standard: Selection;
}

export function selectable(typeName: string, all: readonly ResourceProperty[]): Selectable {
  return {
    typeName,
    all,
    byName: new Map(all.map((property) => [property.name.toLowerCase(), property])),
    standard: selectionOf(
      all.filter(({ returned }) => returned === 'default'),
      '',
    ),
  };
}

/** These properties, in the order of the table. */
export function selectNames({ all }: Selectable, names: readonly string[]): Selection {
  return selectionOf(
    all.filter(({ name }) => names.includes(name)),
    '',
  );
}

/** What was selected of a resource that is already as answered. */
export function pick(resource: object, { properties }: Selection): object {
  const values = new Map<string, unknown>(Object.entries(resource));
  return Object.fromEntries(properties.map(({ name, empty }) => [name, values.get(name) ?? empty]));
}

/**
 * What `$select` asks for; names compare without case.
 * @throws ApiError 400 for a property that the type has not, 501 for one that lists cannot show
 */
export function readSelect(query: Query, type: Selectable, answers: 'one' | 'list'): Selection {
  const text = query.get('$select');
  if (text === undefined || text.trim() === '' || text.trim() === '*') return type.standard;
  const chosen = new Set(text.split(',').map((name) => findProperty(name.trim(), type, answers)));
  const shown = type.all.filter((property) => chosen.has(property) && property.returned !== 'never');
  const open = [...chosen].filter((property) => !type.all.includes(property));
  return selectionOf([...shown, ...open], `(${[...chosen].map(({ name }) => name).join(',')})`);
}

function selectionOf(properties: readonly ResourceProperty[], clause: string): Selection {
  return {
    properties,
    names: properties.map(({ name }) => name),
    clause,
    licensing: properties.some(({ returned }) => returned === 'licensing'),
  };
}

function findProperty(name: string, { byName, typeName }: Selectable, answers: 'one' | 'list'): ResourceProperty {
  const property = byName.get(name.toLowerCase()) ?? openProperty(name, typeName);
  if (property === undefined) {
    throw new ApiError(
      400,
      'BadRequest',
      `Parsing OData Select and Expand failed: Could not find a property named '${name.slice(0, 200)}' on type '${typeName}'.`,
      { advice: 'Separate the names of properties in $select by commas.' },
    );
  }
  if (property.returned === 'elsewhere' && answers === 'list') {
    throw new ApiError(501, 'NotImplemented', 'This operation target is not yet supported.', {
      advice: `'${property.name}' can be asked of one user only.`,
    });
  }
  return property;
}

/** Types of which some objects are users. */
const typesOfUsers: ReadonlySet<string> = new Set(['microsoft.graph.user', 'microsoft.graph.directoryObject']);

/** A directory extension of a user: the type is open, so the property need not be known. */
const openProperty = (name: string, typeName: string): ResourceProperty | undefined =>
  typesOfUsers.has(typeName) && isDirectoryExtension(name) ? propertiesOf('select', name)[0] : undefined;
