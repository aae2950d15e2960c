import { ApiError, groupProperties, type ResourceProperty, unsupportedQuery, userProperties } from '@allot/contract';
import { type Filter, type Parsed, parseFilter, parseSearch, type Search } from '@allot/engine';
import {
  allOf,
  type Attribute,
  compileFilter,
  compileSearch,
  FilterRefusal,
  type FilterSubject,
  groupsOf,
  type PageKey,
  type PageOrder,
  type PageQuery,
  unknownProperty,
  usersOf,
} from '@allot/store';
import type { Context } from '../context.ts';
import { findLicensedCohorts, isLicenseCondition } from './find-licensed-cohorts.ts';

export type { DirectoryRow, PageKey, UserRow } from '@allot/store';

/** What is asked of a list. Limits of `top` are those of whoever asks. */
export interface ListRequest {
  /** Names of properties that are needed. */
  readonly properties: readonly string[];
  readonly top: number;
  /** Text of a `$filter`. */
  readonly filter?: string | undefined;
  /** Text of a `$search`. */
  readonly search?: string | undefined;
  /** Text of an `$orderby`. */
  readonly orderBy?: string | undefined;
  /** An advanced query: ConsistencyLevel: eventual and $count=true. */
  readonly advanced: boolean;
  /** Whether to count everything that meets the filter. */
  readonly count: boolean;
  /** Counting may end when more than so many are found, where counting all of them takes long. */
  readonly countMax?: number | undefined;
  readonly after?: PageKey | undefined;
  /** true: objects that are deleted and can be restored, and no others. */
  readonly deleted?: boolean | undefined;
}

export interface ListAnswer<Row> {
  readonly rows: readonly Row[];
  readonly next: PageKey | undefined;
  readonly count: number | undefined;
  /** Instead of the count, where counting ended at `countMax`: there are at least so many. */
  readonly countMin?: number | undefined;
}

/** What a list is asked for, in SQL. */
type ReadQuery = Pick<PageQuery, 'condition' | 'order'>;

/** The condition and order of a list of groups. @throws ApiError 400, 501 with Graph's text */
export const readGroupQuery = ({ tenantId }: Context, request: ListRequest): ReadQuery =>
  compileQuery(request, parseConditions(request), groupsOf(tenantId));

/** Of users also the cohorts whose members are meant, where nothing but licenses is asked for. */
type ReadUserQuery = ReadQuery & { readonly cohortNos?: readonly number[] };

/** The condition and order of a list of users. @throws ApiError 400, 501 with Graph's text */
export async function readUserQuery(ctx: Context, request: ListRequest): Promise<ReadUserQuery> {
  const parts = parseConditions(request);
  const subject = usersOf(ctx.tenantId);
  const cohortsOf =
    parts.filter === undefined
      ? undefined
      : await findLicensedCohorts(ctx, parts.filter, request.advanced).catch((error: unknown) =>
          throwRefusal(error, 'filter', subject),
        );
  const query = compileQuery(request, parts, usersOf(ctx.tenantId, cohortsOf));
  const { filter, search } = parts;
  if (filter === undefined || search !== undefined || !isLicenseCondition(filter)) return query;
  const found = cohortsOf?.(filter);
  return found === undefined || found.others ? query : { ...query, cohortNos: found.cohortNos };
}

/** The condition alone, of lists that have an order of their own. @throws ApiError 400 with Graph's text */
export const readCondition = (request: ListRequest, subject: FilterSubject) =>
  compileConditions(request, parseConditions(request), subject);

interface Conditions {
  readonly filter: Filter | undefined;
  readonly search: Search | undefined;
}

const parseConditions = ({ filter, search }: ListRequest): Conditions => ({
  filter: filter === undefined ? undefined : treeOf(parseFilter(filter), 'filter', filter),
  search: search === undefined ? undefined : treeOf(parseSearch(search), 'search', search),
});

function treeOf<Tree>(parsed: Parsed<Tree>, option: string, text: string): Tree {
  if (parsed.ok) return parsed.tree;
  const { message, at } = parsed.problem;
  throw invalidClause(option, `${message} at position ${at} in '${text.slice(0, 200)}'.`);
}

const compileQuery = (request: ListRequest, parts: Conditions, subject: FilterSubject): ReadQuery => ({
  condition: compileConditions(request, parts, subject),
  order: readOrder(request, subject),
});

const compileConditions = ({ advanced }: ListRequest, { filter, search }: Conditions, subject: FilterSubject) =>
  allOf([
    filter && orRefusal('filter', subject, () => compileFilter(filter, subject, advanced)),
    search && orRefusal('search', subject, () => compileSearch(search, subject)),
  ]);

const readOrder = (request: ListRequest, subject: FilterSubject): readonly PageOrder[] | undefined =>
  request.orderBy === undefined
    ? undefined
    : orRefusal('orderby', subject, () => readOrderBy(request.orderBy ?? '', request, subject));

/** `displayName desc,mail`: the most important first. @throws FilterRefusal */
function readOrderBy(
  text: string,
  request: ListRequest,
  { attributes, typeName }: FilterSubject,
): readonly PageOrder[] {
  const orders = text.split(',').map((item) => {
    const [, name, direction = 'asc'] = /^\s*([A-Za-z]+)(?:\s+(asc|desc))?\s*$/i.exec(item) ?? [];
    if (name === undefined) {
      const problem = `Send properties separated by commas, each with asc or desc if you like, not '${text.slice(0, 200)}'.`;
      throw new FilterRefusal('badValue', problem);
    }
    const attribute = attributes.get(name.toLowerCase());
    if (attribute === undefined) throw unknownProperty(name.slice(0, 200), typeName);
    if (attribute.sort === 'no') {
      throw new FilterRefusal('unsupported', `Lists cannot be ordered by '${attribute.name}'.`);
    }
    requireAdvanced(attribute, request);
    return { name: attribute.name, descending: direction.toLowerCase() === 'desc' };
  });
  const [twice] = orders.filter(({ name }, at) => orders.findIndex((one) => one.name === name) < at);
  if (twice !== undefined) throw new FilterRefusal('badValue', `'${twice.name}' is named twice.`);
  return orders;
}

/** Whoever searches has asked for the second index already. @throws FilterRefusal */
function requireAdvanced({ name, sort }: Attribute, { advanced, filter, search }: ListRequest): void {
  if (advanced || search !== undefined || (filter === undefined && sort === 'usual')) return;
  const what = filter === undefined ? `$orderby=${name}` : '$filter and $orderby together';
  throw new FilterRefusal('needsAdvanced', `${what} is an advanced query.`);
}

export const invalidClause = (option: string, problem: string): ApiError =>
  new ApiError(400, 'BadRequest', `Invalid ${option} clause: ${problem}`, {
    advice: `Correct $${option}; positions count from 0.`,
  });

const howToAskAdvanced = "Send the header 'ConsistencyLevel: eventual' and $count=true with it.";

type Clause = 'filter' | 'search' | 'orderby';

function orRefusal<T>(clause: Clause, subject: FilterSubject, read: () => T): T {
  try {
    return read();
  } catch (error) {
    return throwRefusal(error, clause, subject);
  }
}

function throwRefusal(error: unknown, clause: Clause, subject: FilterSubject): never {
  throw error instanceof FilterRefusal ? refusalOf(error, clause, subject) : error;
}

function refusalOf(
  { reason, message, property }: FilterRefusal,
  clause: Clause,
  { typeName }: FilterSubject,
): ApiError {
  switch (reason) {
    case 'unknownProperty':
      return notKeptHere(clause, property, typeName) ?? invalidClause(clause, message);
    case 'badValue':
      return invalidClause(clause, message);
    case 'notIndexed':
      return notIndexed(message);
    case 'unsupported':
      return unsupportedQuery('Unsupported Query.', message);
    case 'needsAdvanced':
      return unsupportedQuery('Unsupported Query.', `${message} ${howToAskAdvanced}`);
  }
}

const notIndexed = (advice: string): ApiError =>
  unsupportedQuery('The request uses a filter property that is not indexed', advice);

/** Graph's types have many properties of which this directory keeps nothing: they are known and cannot be asked for. */
function notKeptHere(clause: Clause, written: string | undefined, typeName: string): ApiError | undefined {
  const first = written?.split('/')[0]?.toLowerCase();
  const property = propertiesOf[typeName]?.find(({ name }) => name.toLowerCase() === first);
  if (property === undefined) return undefined;
  if (property.returned === 'elsewhere') {
    return new ApiError(501, 'NotImplemented', 'This operation target is not yet supported.', {
      advice: `Leave '${property.name}' out of $${clause}; it can be asked of one object only.`,
    });
  }
  const advice = `'${property.name}' is not kept in this directory; leave it out of $${clause}.`;
  return clause === 'filter' ? notIndexed(advice) : unsupportedQuery('Unsupported Query.', advice);
}

const propertiesOf: Readonly<Record<string, readonly ResourceProperty[]>> = {
  'microsoft.graph.user': userProperties,
  'microsoft.graph.group': groupProperties,
};
