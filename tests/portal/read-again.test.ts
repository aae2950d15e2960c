import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { coalesce } from '../../packages/portal/src/api/coalesce.ts';
import { isOutdated, readAgain } from '../../packages/portal/src/api/read-again.ts';

/** A list of numbers, one on a page, and how often a page was read. */
async function shownList(queries: QueryClient, name: string, pages: number) {
  const read: number[] = [];
  const observer = new InfiniteQueryObserver(queries, {
    queryKey: [name],
    queryFn: ({ pageParam }) => {
      read.push(pageParam);
      return Promise.resolve(pageParam);
    },
    initialPageParam: 0,
    getNextPageParam: (last) => last + 1,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const hide = observer.subscribe(() => undefined);
  while ((observer.getCurrentResult().data?.pages.length ?? 0) < pages) await observer.fetchNextPage();
  read.length = 0;
  const query = () => queries.getQueryCache().find({ queryKey: [name] });
  return { read, hide, isOutdated: () => isOutdated(query()), isThere: () => query() !== undefined };
}

test('when something changes, short lists are read again, a long one that is shown is marked, and one that is not shown is let go', async () => {
  const queries = new QueryClient();
  const short = await shownList(queries, 'short', 5);
  const long = await shownList(queries, 'long', 6);
  const left = await shownList(queries, 'left', 6);
  left.hide();
  await readAgain(queries);
  assert.deepEqual(short.read, [0, 1, 2, 3, 4]);
  assert.equal(short.isOutdated(), false);
  assert.deepEqual(long.read, []);
  assert.equal(long.isOutdated(), true);
  assert.equal(left.isThere(), false);
  short.hide();
  long.hide();
  queries.clear();
});

test('what is asked for while it is done is done once more afterwards, however often it was asked for', async () => {
  const ends: (() => void)[] = [];
  let begun: (() => void) | undefined;
  const next = () => new Promise<void>((resolve) => (begun = resolve));
  const stopped = new AbortController();
  const run = () =>
    new Promise<void>((resolve) => {
      ends.push(resolve);
      begun?.();
    });
  const ask = coalesce(run, 0, stopped.signal);
  ask();
  assert.equal(ends.length, 1);
  ask();
  ask();
  assert.equal(ends.length, 1);
  const second = next();
  ends[0]?.();
  await second;
  assert.equal(ends.length, 2);
  ask();
  stopped.abort();
  ends[1]?.();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(ends.length, 2);
});
