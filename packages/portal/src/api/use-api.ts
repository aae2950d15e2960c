import type { Collection } from '@allot/contract';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSession } from '../session/use-session.ts';

/** Reads one answer. The path is the key, so everybody who asks the same shares it. */
export function useRead<T>(path: string, options: { readonly enabled?: boolean } = {}) {
  const { client } = useSession();
  return useQuery({ queryKey: [path], queryFn: () => client.get<T>(path), ...options });
}

/** What Graph asks for with `$count`, `$search` and most filters. */
export const advanced = { ConsistencyLevel: 'eventual' } as const;

/** Reads a list page by page, in the order and with the filter of the server. */
export function useList<T>(path: string, options: { readonly enabled?: boolean } = {}) {
  const { client } = useSession();
  return useInfiniteQuery({
    queryKey: [path, 'pages'],
    queryFn: ({ pageParam }) => client.get<Collection<T>>(pageParam, advanced),
    initialPageParam: path,
    getNextPageParam: (page) => page['@odata.nextLink'] && pathOf(page['@odata.nextLink']),
    // Rows stay until those of another filter are there: nothing flickers, and no click is lost under somebody's hand.
    placeholderData: keepPreviousData,
    ...options,
  });
}

/** Links name the host; ours is the one that the page came from. */
function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  const before = new URL('..', document.baseURI).pathname.replace(/\/+$/, '');
  return `${pathname.startsWith(before) ? pathname.slice(before.length) : pathname}${search}`;
}
