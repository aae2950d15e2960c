import { ApiError, unsupportedQuery } from '@allot/contract';
import { type Filter, type Parsed, parseFilter, parseSearch, type Search } from '@allot/engine';
import {
  allOf,
  compileFilter,
  compileSearch,
  FilterRefusal,
  type FilterSubject,
  groupsOf,
  type PageKey,
  type PageOrder,
  type PageQuery,
  usersOf,
} from '@allot/store';
import type { Context } from '../context.ts';
import { findLicensedCohorts } from './find-licensed-cohorts.ts';

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
  readonly after?: PageKey | undefined;
  /** true: objects that are deleted and can be restored, and no others. */
  readonly deleted?: boolean | undefined;
}

export interface ListAnswer<Row> {
  readonly rows: readonly Row[];
  readonly next: PageKey | undefined;
  readonly count: number | undefined;
}

/** What a list is asked for, in SQL. */
type ReadQuery = Pick<PageQuery, 'condition' | 'order'>;

/** The condition and order of a list of groups. @throws ApiError 400 with Graph's text */
export const readGroupQuery = ({ tenantId }: Context, request: ListRequest): ReadQuery =>
  orRefusal(() => compileQuery(request, parseConditions(request), groupsOf(tenantId)));

/** The condition and order of a list of users. @throws ApiError 400 with Graph's text */
export async function readUserQuery(ctx: Context, request: ListRequest): Promise<ReadQuery> {
  const parts = parseConditions(request);
  const cohortsOf =
    parts.filter === undefined
      ? undefined
      : await findLicensedCohorts(ctx, parts.filter, request.advanced).catch(throwRefusal);
  return orRefusal(() => compileQuery(request, parts, usersOf(ctx.tenantId, cohortsOf)));
}

/** The condition alone, of lists that have an order of their own. @throws ApiError 400 with Graph's text */
export const readCondition = (request: ListRequest, subject: FilterSubject) =>
  orRefusal(() => compileConditions(request, parseConditions(request), subject));

function orRefusal<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    return throwRefusal(error);
  }
}

function throwRefusal(error: unknown): never {
  throw error instanceof FilterRefusal ? refusalOf(error) : error;
}

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
  allOf([filter && compileFilter(filter, subject, advanced), search && compileSearch(search, subject)]);

function readOrder(
  { orderBy, advanced, filter, search }: ListRequest,
  { attributes, typeName }: FilterSubject,
): PageOrder | undefined {
  if (orderBy === undefined) return undefined;
  const [, name, direction = 'asc'] = /^\s*([A-Za-z]+)(?:\s+(asc|desc))?\s*$/i.exec(orderBy) ?? [];
  if (name === undefined) {
    throw invalidClause('orderby', `Send one property, then asc or desc, not '${orderBy.slice(0, 200)}'.`);
  }
  const attribute = attributes.get(name.toLowerCase());
  if (attribute === undefined) {
    throw invalidClause('orderby', `Could not find a property named '${name.slice(0, 200)}' on type '${typeName}'.`);
  }
  if (attribute.sort === 'no') {
    throw new FilterRefusal('unsupported', `Lists cannot be ordered by '${attribute.name}'.`);
  }
  // Whoever searches has asked for the second index already.
  if (!advanced && search === undefined && (filter !== undefined || attribute.sort === 'advanced')) {
    const what = filter === undefined ? `$orderby=${name}` : '$filter and $orderby together';
    throw new FilterRefusal('needsAdvanced', `${what} is an advanced query.`);
  }
  return { name, descending: direction.toLowerCase() === 'desc' };
}

export const invalidClause = (option: string, problem: string): ApiError =>
  new ApiError(400, 'BadRequest', `Invalid ${option} clause: ${problem}`, {
    advice: `Correct $${option}; positions count from 0.`,
  });

const howToAskAdvanced = "Send the header 'ConsistencyLevel: eventual' and $count=true with it.";

function refusalOf({ reason, message }: FilterRefusal): ApiError {
  switch (reason) {
    case 'unknownProperty':
    case 'badValue':
      return invalidClause('filter', message);
    case 'notIndexed':
      return unsupportedQuery('The request uses a filter property that is not indexed', message);
    case 'unsupported':
      return unsupportedQuery('Unsupported Query.', message);
    case 'needsAdvanced':
      return unsupportedQuery('Unsupported Query.', `${message} ${howToAskAdvanced}`);
  }
}
