/** Graph's largest page: fewest round trips, and still only one page in memory. */
export const pageSizeMax = 999;

export const pageSize = (limit: number | undefined): number => Math.min(limit ?? pageSizeMax, pageSizeMax);

/** Pages until `limit` items have come; the last page is cut. */
export async function* upTo<T>(
  limit: number | undefined,
  pages: AsyncIterable<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  for await (const page of pages) {
    yield page.length > left ? page.slice(0, left) : page;
    left -= page.length;
    if (left <= 0) return;
  }
}
