import { ApiError, type Collection } from '@allot/contract';
import {
  type InfiniteData,
  keepPreviousData,
  notifyManager,
  type QueryKey,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { useSession } from '../session/use-session.ts';
import { advanced, advancedCountedFirst, advancedUncounted, countedFirstMax } from './advanced.ts';
import { isOutdated, isReadAgain } from './read-again.ts';

/**
 * Reads one answer. The path is the key, so everybody who asks the same shares it. What was read stays, with what somebody typed into it, while
 * nothing newer comes, because the server or the sign-in is gone: the frame says so. Only an answer that it is no longer there, or not for this
 * person, is an error then.
 * @param options `isFresh`: what was read before and has changed since, perhaps, is no answer, for what is proposed once and then stays
 */
export function useRead<T>(path: string, options: { readonly enabled?: boolean; readonly isFresh?: boolean } = {}) {
  const { client } = useSession();
  const { isFresh = false, ...others } = options;
  const query = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => client.get<T>(path, {}, signal),
    ...others,
  });
  // What is not named here is not followed: pages are not drawn anew whenever something is asked again.
  const { error, refetch } = query;
  const data = !isFresh || query.isFetchedAfterMount || !query.isStale ? query.data : undefined;
  const isAnswer = error instanceof ApiError && error.status < serverFault;
  return { data, error: data === undefined || isAnswer ? error : null, refetch };
}

const serverFault = 500;

/**
 * Reads a list page by page, in the order and with the filter of the server. Where many pages are loaded and something has changed since,
 * `isOutdated` says so, and `readAnew` begins at the first page.
 */
export function useList<T>(path: string, options: { readonly enabled?: boolean } = {}) {
  const { client } = useSession();
  const queries = useQueryClient();
  const queryKey = [path, 'pages'];
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => client.get<Collection<T>>(pageParam, advancedUncounted, signal),
    initialPageParam: path,
    getNextPageParam: (page) => page['@odata.nextLink'] && pathOf(page['@odata.nextLink']),
    // Rows stay until those of another filter are there: nothing flickers, and no click is lost under somebody's hand.
    placeholderData: keepPreviousData,
    refetchOnMount: isReadAgain,
    refetchOnReconnect: isReadAgain,
    ...options,
  });
  // Named one by one: whatever is named here draws the page again when it changes. That the next page is on its way is not: rows that
  // are scrolled to would wait for that.
  const { data, error, hasNextPage, isPlaceholderData, fetchNextPage, refetch } = query;
  const readAnew = () => {
    queries.setQueryData<InfiniteData<Collection<T>>>(
      queryKey,
      (now) => now && { pages: now.pages.slice(0, 1), pageParams: now.pageParams.slice(0, 1) },
    );
    return refetch();
  };
  return {
    data,
    error,
    hasNextPage,
    isPlaceholderData,
    fetchNextPage,
    refetch,
    isOutdated: useOutdated(queryKey),
    readAnew,
  };
}

function useOutdated(queryKey: QueryKey): boolean {
  const queries = useQueryClient();
  const subscribe = useCallback(
    (tell: () => void) => queries.getQueryCache().subscribe(notifyManager.batchCalls(tell)),
    [queries],
  );
  return useSyncExternalStore(subscribe, () => isOutdated(queries.getQueryCache().find({ queryKey })));
}

/** How many rows a list has in all. `isMore`: more than that; how many is still being counted. */
export interface RowCount {
  readonly rows: number;
  readonly isMore: boolean;
}

/**
 * How many rows a list has in all; undefined until something is known. It is asked once the first rows are there: they need not wait until a
 * million of them are counted, nor share the processors with that. Of a filter that leaves many it is first told that they are many.
 * @param path of the list, as `listPath` writes it
 */
export function useRowCount(
  path: string,
  list: { readonly data: unknown; readonly isPlaceholderData: boolean },
): RowCount | undefined {
  const [collection = path, query] = path.split('?');
  const filter = new URLSearchParams(query).get('$filter') ?? undefined;
  const isRead = list.data !== undefined && !list.isPlaceholderData;
  const { client } = useSession();
  const asked = countPath(collection, filter);
  const first = useQuery({
    queryKey: [asked, 'first'],
    queryFn: async ({ signal }) =>
      (await client.get<Collection<object>>(asked, advancedCountedFirst, signal))['@odata.count'] ?? 'many',
    // Without a filter an index has the number at once.
    enabled: isRead && filter !== undefined,
  }).data;
  const isCounted = typeof first === 'number';
  const exact = useCount(collection, filter, isRead && (filter === undefined || first === 'many'));
  const rows = isCounted ? first : exact;
  if (rows !== undefined) return { rows, isMore: false };
  return first === 'many' ? { rows: countedFirstMax, isMore: true } : undefined;
}

function countPath(collection: string, filter: string | undefined): string {
  const condition = filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`;
  return `${collection}?$count=true&$top=1&$select=id${condition}`;
}

/** How many objects of a collection of Graph meet a filter, or how many there are; undefined until it is known. */
export function useCount(collection: string, filter?: string, enabled = true): number | undefined {
  const path = countPath(collection, filter);
  const { client } = useSession();
  return useQuery({
    queryKey: [path],
    queryFn: async ({ signal }) => (await client.get<Collection<object>>(path, advanced, signal))['@odata.count'] ?? 0,
    enabled,
  }).data;
}

/** Links name the host; ours is the one that the page came from. */
function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  const before = new URL('..', document.baseURI).pathname.replace(/\/+$/, '');
  return `${pathname.startsWith(before) ? pathname.slice(before.length) : pathname}${search}`;
}
