import type { Query, QueryClient } from '@tanstack/react-query';

/**
 * A list of which more pages are loaded is not read again by itself: its pages are read one after the other, so whoever has scrolled far would keep
 * the server busy with every change that anybody makes. Five pages of 100 rows take some 200 ms at a million users.
 */
const pagesReadAgainMax = 5;

const isLong = ({ state }: Pick<Query, 'state'>): boolean => {
  // `as`: what is read page by page has pages, everything else has not.
  const { pages } = (state.data ?? {}) as { readonly pages?: readonly unknown[] };
  return pages !== undefined && pages.length > pagesReadAgainMax;
};

/** Whether a list is short enough to be read again when it is shown again, or the network is back. */
export const isReadAgain = (query: Pick<Query, 'state'>): boolean => !isLong(query);

/** Whether a list that is shown has changed, perhaps, since it was read, and is too long to be read again unasked. */
export const isOutdated = (query: Pick<Query, 'state'> | undefined): boolean =>
  query !== undefined && query.state.isInvalidated && isLong(query);

/** Of a query that tells what a change would do: once it is done, nobody asks any more. */
export const previewMeta = { isPreview: true } as const;

const isNoPreview = ({ meta }: Query): boolean => meta?.['isPreview'] !== true;

/**
 * Reads again what is on the screen; what is not, when it is next shown. A long list that is on the screen is only marked (`isOutdated`),
 * so that its rows stay where they are; one that is not begins anew.
 * @param isMeant which; all but previews, if it is left out: after a change that was made here
 * @returns when everything is there
 */
export async function readAgain(queries: QueryClient, isMeant: (query: Query) => boolean = isNoPreview): Promise<void> {
  queries.removeQueries({ type: 'inactive', predicate: (query) => isMeant(query) && isLong(query) });
  void queries.invalidateQueries({ predicate: (query) => isMeant(query) && isLong(query), refetchType: 'none' });
  await queries.invalidateQueries({ predicate: (query) => isMeant(query) && !isLong(query) });
}
