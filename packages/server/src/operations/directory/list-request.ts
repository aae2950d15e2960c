import { ApiError, unsupportedQuery } from '@allot/contract';
import { parseFilter } from '@allot/engine';
import { compileFilter, FilterRefusal, type FilterSubject, type PageKey, type PageOrder } from '@allot/store';

export type { DirectoryRow, PageKey, UserRow } from '@allot/store';

/** What is asked of a list. Limits of `top` are those of whoever asks. */
export interface ListRequest {
  /** Names of properties that are needed. */
  readonly properties: readonly string[];
  readonly top: number;
  /** Text of a `$filter`. */
  readonly filter?: string | undefined;
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

/** The condition and order of a request, in SQL. @throws ApiError 400 with Graph's text */
export const readQuery = (request: ListRequest, subject: FilterSubject) =>
  orRefusal(() => ({ condition: readFilter(request, subject), order: readOrder(request, subject) }));

/** The condition alone, of lists that have an order of their own. @throws ApiError 400 with Graph's text */
export const readCondition = (request: ListRequest, subject: FilterSubject) =>
  orRefusal(() => readFilter(request, subject));

function orRefusal<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FilterRefusal) throw refusalOf(error);
    throw error;
  }
}

function readFilter({ filter, advanced }: ListRequest, subject: FilterSubject) {
  if (filter === undefined) return undefined;
  const parsed = parseFilter(filter);
  if (parsed.ok) return compileFilter(parsed.tree, subject, advanced);
  const { message, at } = parsed.problem;
  throw invalidClause('filter', `${message} at position ${at} in '${filter.slice(0, 200)}'.`);
}

function readOrder({ orderBy, advanced, filter }: ListRequest, { attributes }: FilterSubject): PageOrder | undefined {
  if (orderBy === undefined) return undefined;
  const [, name, direction = 'asc'] = /^\s*([A-Za-z]+)(?:\s+(asc|desc))?\s*$/i.exec(orderBy) ?? [];
  if (name === undefined) {
    throw invalidClause('orderby', `Send one property, then asc or desc, not '${orderBy.slice(0, 200)}'.`);
  }
  const attribute = attributes.get(name.toLowerCase());
  if (!advanced && (filter !== undefined || attribute?.sort === 'advanced')) {
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
