import type { Context } from '../../packages/server/src/operations/context.ts';
import { listGroups } from '../../packages/server/src/operations/directory/read-groups.ts';
import { listUsers } from '../../packages/server/src/operations/directory/read-users.ts';
import { elapsedMs, median } from '../elapsed.ts';
import { type ListCase, requestOf } from './list-cases.ts';

/** What a list needed, in milliseconds: medians. */
export interface MeasuredList {
  readonly list: ListCase;
  readonly firstMs: number;
  /** Undefined: there is no second page. */
  readonly secondMs: number | undefined;
  /** The first page with the count of everything, as an advanced query answers it. */
  readonly countedMs: number | undefined;
  readonly rows: number;
}

/** Asks for the first page, the second one, and the first one with a count, as a server that has been running for a while. */
export async function measureList(ctx: Context, list: ListCase, repetitions: number): Promise<MeasuredList> {
  const ask = list.collection === 'users' ? listUsers : listGroups;
  const request = requestOf(list);
  // Also reads what it needs from disk.
  const { rows, next } = await ask(ctx, request);
  const timed = async (change: Partial<typeof request>): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < repetitions; i++) times.push(await elapsedMs(() => ask(ctx, { ...request, ...change })));
    return median(times) ?? 0;
  };
  return {
    list,
    rows: rows.length,
    firstMs: await timed({}),
    secondMs: next === undefined ? undefined : await timed({ after: next }),
    countedMs: list.advanced ? await timed({ count: true }) : undefined,
  };
}
