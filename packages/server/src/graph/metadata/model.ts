import { primitiveTypes, type ResourceProperty, type ResourceType, resourceTypes } from '@allot/contract';
import type { AnswerShape, Route } from '../../http/index.ts';

/** The entity data model of a version of Graph, as far as it is served: what the table of routes says of sets, relations and actions. */
export interface EntityModel {
  readonly types: readonly ModelType[];
  readonly actions: readonly ModelAction[];
  readonly functions: readonly ModelFunction[];
  /** Type by the name of the set. */
  readonly sets: ReadonlyMap<string, string>;
  /** Type by the name of the singleton. */
  readonly singletons: ReadonlyMap<string, string>;
}

export interface ModelType extends Pick<ResourceType, 'name' | 'kind' | 'base' | 'isOpen'> {
  /** Without those of the base type. */
  readonly properties: readonly ResourceProperty[];
  readonly relations: ReadonlyMap<string, TypeUse>;
}

export interface TypeUse {
  readonly type: string;
  readonly isCollection: boolean;
}

/** A question to a collection that answers objects of it. */
export interface ModelFunction {
  readonly name: string;
  readonly boundTo: TypeUse;
}

export interface ModelAction {
  readonly name: string;
  readonly boundTo: TypeUse;
  readonly parameters: readonly ResourceProperty[];
  readonly returns: TypeUse | undefined;
}

/** Roots of which there is one, with their types, which nobody can read as such. */
const singletonTypes: ReadonlyMap<string, string> = new Map([
  ['directory', 'directory'],
  ['auditLogs', 'auditLogRoot'],
]);

const knownTypes: ReadonlyMap<string, ResourceType> = new Map(
  resourceTypes.filter(({ kind }) => kind !== 'parameters').map((type) => [type.name, type]),
);
const parametersOf: ReadonlyMap<string, readonly ResourceProperty[]> = new Map(
  resourceTypes.filter(({ kind }) => kind === 'parameters').map(({ name, properties }) => [name, properties]),
);

/** @param routes those of one version */
export function modelOf(version: 'v1.0' | 'beta', routes: readonly Route[]): EntityModel {
  const rows = routes
    // What begins with $ is about the service, and no part of its data; roles are nested deeper than clients look.
    .filter(
      ({ path, describe }) =>
        path.startsWith(`/${version}/`) && !/^\/[^/]+\/(?:\$|roleManagement\/)/.test(path) && describe.isAlias !== true,
    )
    .map((route) => ({ ...route, segments: route.path.split('/').slice(2) }));
  const sets = new Map<string, string>();
  const singletons = new Map<string, string>();
  const relations = new Map<string, Map<string, TypeUse>>();
  const relate = (type: string, name: string, use: TypeUse) => {
    relations.set(type, (relations.get(type) ?? new Map<string, TypeUse>()).set(name, use));
  };
  for (const { method, segments, describe } of rows) {
    const [root = '', second, third] = segments;
    const answered = entityOf(describe.answers[200]);
    if (method !== 'GET' || answered === undefined) continue;
    const single = singletonTypes.get(root);
    if (single !== undefined) {
      singletons.set(root, single);
      // A list of objects of several types has no answer but by its key and its casts.
      const isList = segments.length === 2 || (segments.length === 3 && isKey(third));
      if (isList && isName(second)) relate(single, second, { type: answered.type, isCollection: true });
    } else if (segments.length === 1 || (segments.length === 2 && isKey(second))) sets.set(root, answered.type);
    else if (segments.length === 3 && isName(third)) relate(sets.get(root) ?? '', third, answered);
  }
  const actions = rows.flatMap(({ segments, describe }) => actionOf(segments, describe, sets, relations));
  const functions = rows.flatMap(({ segments: [root = ''], describe }) =>
    describe.function === undefined
      ? []
      : [{ name: describe.function, boundTo: { type: sets.get(root) ?? '', isCollection: true } }],
  );
  return { types: typesOf(version, rows, relations), actions: withoutInherited(actions), functions, sets, singletons };
}

const isKey = (segment: string | undefined): boolean => segment?.startsWith(':') === true;
const isName = (segment: string | undefined): segment is string => segment !== undefined && /^[a-zA-Z]+$/.test(segment);

function entityOf(shape: AnswerShape | undefined): TypeUse | undefined {
  const type = shape !== undefined && 'schemas' in shape ? shape.schemas[0] : undefined;
  if (type === undefined || knownTypes.get(type)?.kind !== 'entity') return undefined;
  return { type, isCollection: shape?.kind === 'many' };
}

function actionOf(
  segments: readonly string[],
  { action, body = '', answers }: Route['describe'],
  sets: ReadonlyMap<string, string>,
  relations: ReadonlyMap<string, ReadonlyMap<string, TypeUse>>,
): readonly ModelAction[] {
  if (action === undefined) return [];
  const [root = '', second = ''] = segments;
  const type = sets.get(root) ?? relations.get(singletonTypes.get(root) ?? '')?.get(second)?.type;
  if (type === undefined) throw new Error(`No type is known of what the action ${segments.join('/')} is bound to.`);
  const shape = Object.values(answers)[0];
  const returned = shape !== undefined && 'schemas' in shape ? shape.schemas[0] : undefined;
  const returns = returned === undefined ? undefined : { type: returned, isCollection: shape?.kind === 'many' };
  const boundTo = { type, isCollection: !isKey(segments.at(-2)) };
  return [{ name: action, boundTo, parameters: parametersOf.get(body) ?? [], returns }];
}

/** What is bound to a base type is bound to those that derive from it. */
function withoutInherited(actions: readonly ModelAction[]): readonly ModelAction[] {
  const keys = new Set<string>();
  const keyOf = ({ name, boundTo }: ModelAction, type: string) => `${name} ${type} ${boundTo.isCollection}`;
  for (const action of actions) keys.add(keyOf(action, action.boundTo.type));
  return actions.filter((action) => {
    const base = knownTypes.get(action.boundTo.type)?.base;
    return base === undefined || !keys.has(keyOf(action, base));
  });
}

/** The types that are answered or taken, and those of which these consist. */
function typesOf(
  version: 'v1.0' | 'beta',
  rows: readonly Route[],
  relations: ReadonlyMap<string, ReadonlyMap<string, TypeUse>>,
): readonly ModelType[] {
  const used = new Set<string>();
  const use = (name: string): void => {
    const type = knownTypes.get(name);
    if (type === undefined || used.has(name)) return;
    used.add(name);
    if (type.base !== undefined) use(type.base);
    for (const property of propertiesIn(version, type)) use(property.type);
  };
  for (const { describe } of rows) {
    for (const shape of Object.values(describe.answers)) if ('schemas' in shape) shape.schemas.forEach(use);
    for (const property of parametersOf.get(describe.body ?? '') ?? []) use(property.type);
  }
  const own = [...knownTypes.values()]
    .filter(({ name }) => used.has(name))
    .map((type): ModelType => {
      const inherited = new Set(knownTypes.get(type.base ?? '')?.properties.map(({ name }) => name));
      const properties = propertiesIn(version, type).filter(({ name }) => !inherited.has(name));
      return { ...type, properties, relations: relations.get(type.name) ?? new Map() };
    });
  const roots = [...new Set(singletonTypes.values())].map(
    (name): ModelType => ({ name, kind: 'entity', properties: [], relations: relations.get(name) ?? new Map() }),
  );
  return [...own, ...roots];
}

const propertiesIn = (version: 'v1.0' | 'beta', type: ResourceType): readonly ResourceProperty[] =>
  version === 'beta' ? [...type.properties, ...(type.betaProperties ?? [])] : type.properties;

export const isPrimitive = (type: string): boolean => primitiveTypes.some((primitive) => primitive === type);
