import type { Collection } from '@allot/contract';
import type { RouteRequest } from '../../http/index.ts';
import type { PageKey } from '../../operations/directory/list-request.ts';
import { writeSkipToken } from './skip-token.ts';

/** `@odata.context` of an answer, and nothing for clients that want no metadata. */
export function contextOf(request: RouteRequest, fragment: string): { readonly '@odata.context'?: string } {
  return wantsMetadata(request)
    ? { '@odata.context': `${request.root}/${versionOf(request)}/$metadata#${fragment}` }
    : {};
}

/** The version of Graph that was asked. */
export const versionOf = ({ url }: RouteRequest): 'v1.0' | 'beta' => (/^\/+beta\//i.test(url) ? 'beta' : 'v1.0');

/** `@odata.type` of an item of a mixed list. */
export function typeOf(request: RouteRequest, name: 'user' | 'group'): { readonly '@odata.type'?: string } {
  return wantsMetadata(request) ? { '@odata.type': `#microsoft.graph.${name}` } : {};
}

const wantsMetadata = (request: RouteRequest): boolean => !/odata\.metadata=none/i.test(request.header('accept') ?? '');

/** A list as answered. */
export function collection<Item>(
  request: RouteRequest,
  fragment: string,
  value: readonly Item[],
  page: {
    readonly next?: PageKey | undefined;
    readonly count?: number | undefined;
    readonly countMin?: number | undefined;
  } = {},
): Collection<Item> {
  return {
    ...contextOf(request, fragment),
    ...(page.count === undefined ? {} : { '@odata.count': page.count }),
    ...(page.countMin === undefined ? {} : { '@allot.countMin': page.countMin }),
    ...(page.next === undefined ? {} : { '@odata.nextLink': nextLink(request, page.next) }),
    value,
  };
}

/** The same request for the page after this one: same host, path and options. */
function nextLink({ root, url }: RouteRequest, next: PageKey): string {
  const [path = '', query = ''] = url.split(/\?(.*)/s, 2);
  const options = [...new URLSearchParams(query)].filter(([name]) => !/^\$?skiptoken$/i.test(name));
  const written = [...options, ['$skiptoken', writeSkipToken(next)]].map(
    ([name = '', value = '']) => `${encodeURIComponent(name).replaceAll('%24', '$')}=${encodeURIComponent(value)}`,
  );
  return `${root}${path}?${written.join('&')}`;
}
