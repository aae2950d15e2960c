import { many, nothing, plainText, type Route, type RouteDescription } from '../../http/index.ts';
import { costOf } from '../route-costs.ts';

/** A row of the table of v1.0; beta has the same. */
export function row(
  method: Route['method'],
  path: string,
  permissions: Route['permissions'],
  handle: Route['handle'],
  describe: RouteDescription,
): Route {
  return { method, path: `/v1.0${path}`, permissions, handle, cost: costOf(method, path), describe };
}

/** An action of OData by its name at the end of the path; the name may be qualified. */
export function action(
  path: string,
  permissions: Route['permissions'],
  handle: Route['handle'],
  describe: Omit<RouteDescription, 'action'>,
): readonly Route[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const described = { ...describe, action: name };
  const qualified = `${path.slice(0, -name.length)}microsoft.graph.${name}`;
  return [
    row('POST', path, permissions, handle, described),
    row('POST', qualified, permissions, handle, { ...described, isAlias: true }),
  ];
}

/** A relation of OData: a list of objects, how many there are, and both of the objects of one type. */
export interface Relation<Kind extends string> {
  /** Name of the operation of the list without its verb: `Members`. */
  readonly operation: string;
  readonly summary: string;
  /** Schema of the objects of the list. */
  readonly schema: string;
  readonly query: readonly string[];
  /** Of the objects of one type, where these take more. */
  readonly castQuery?: readonly string[];
  readonly list: (kind: Kind) => Route['handle'];
  readonly count: (kind: Kind) => Route['handle'];
  /** What the handlers call all objects. */
  readonly all: Kind;
  /** What they call the objects of a type, by its name. */
  readonly casts: Readonly<Record<string, Kind>>;
  readonly differs?: string;
}

export function relation<Kind extends string>(
  path: string,
  permissions: Route['permissions'],
  of: Relation<Kind>,
): readonly Route[] {
  const lists = [{ cast: '', suffix: '', kind: of.all, schema: of.schema }];
  for (const [type, kind] of Object.entries(of.casts)) {
    lists.push({ cast: `/microsoft.graph.${type}`, suffix: `As${upperFirst(type)}`, kind, schema: type });
  }
  return lists.flatMap(({ cast, suffix, kind, schema }) => [
    row('GET', `${path}${cast}`, permissions, of.list(kind), {
      operation: `list${of.operation}${suffix}`,
      summary: cast === '' ? of.summary : `${of.summary}: those that are a ${schema}`,
      query: cast === '' ? of.query : (of.castQuery ?? of.query),
      answers: { 200: many(schema) },
      ...(of.differs === undefined ? {} : { differs: of.differs }),
    }),
    row('GET', `${path}${cast}/$count`, permissions, of.count(kind), {
      operation: `count${of.operation}${suffix}`,
      summary: `${of.summary}: how many${cast === '' ? '' : ` are a ${schema}`}`,
      query: [],
      answers: { 200: plainText },
    }),
  ]);
}

/** What a change answers that has nothing to say. */
export const changed = { answers: { 204: nothing } } as const;

const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Query options, as the handlers allow them. */
export const ofOne = ['$select'] as const;
export const ofList = ['$select', '$filter', '$search', '$orderby', '$top', '$count', '$skiptoken'] as const;
export const ofRelation = ['$select', '$top', '$count', '$skiptoken'] as const;
export const withExpand = '$expand';
export const ofReferences = ['$top', '$skiptoken'] as const;
export const ofCount = ['$filter', '$search', '$count'] as const;
