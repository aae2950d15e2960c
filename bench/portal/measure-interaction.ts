import type { CDPSession, Page } from 'playwright-core';
import { median } from '../elapsed.ts';
import type { Interaction } from './interactions.ts';
import type { Watched } from './watch-page.ts';

/** What one interaction took, in milliseconds: medians. */
export interface MeasuredInteraction {
  readonly name: string;
  /** From the key or click to the first frame that looks different. */
  readonly responseMs: number;
  /** Until what was asked for is shown. */
  readonly dataMs: number;
  /** Until it is also shown how many there are, where that is asked beside the list: of many at first that they are many … */
  readonly countMs: number | undefined;
  /** … and then how many. */
  readonly exactMs: number | undefined;
  /** What the page itself worked, in time of the processor: other programs on the machine change little of it. */
  readonly processorMs: number;
  /** Of the tasks that kept the main thread for more than 50 ms; 0: there was none. */
  readonly longestTaskMs: number;
  readonly requests: number;
  /** The same requests in the same page by fetch alone; undefined: nothing was asked. */
  readonly floorMs: number | undefined;
}

/** So long nothing happens before an interaction is done: longer than fields wait for the next key. */
const quietMs = 600;

/** Each time begins with the page loaded anew, so that nothing is shown that was read before. */
export async function measureInteraction(
  { page, protocol }: { readonly page: Page; readonly protocol: CDPSession },
  portalUrl: string,
  { name, from, act, isTyped = false }: Interaction,
  repetitions: number,
): Promise<MeasuredInteraction> {
  const times: Watched[] = [];
  const processor: number[] = [];
  for (let i = 0; i < repetitions; i += 1) {
    await page.goto(`${portalUrl}${from}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.evaluate(`allotWatch.quiet(${quietMs})`);
    await page.evaluate(`allotWatch.begin(${isTyped})`);
    const before = await workedMs(protocol);
    await act(page);
    await page.evaluate(`allotWatch.quiet(${quietMs})`);
    processor.push((await workedMs(protocol)) - before);
    times.push(await page.evaluate<Watched>('allotWatch.measured()'));
  }
  const of = (pick: (once: Watched) => number | undefined) => median(times.flatMap((once) => pick(once) ?? []));
  return {
    name,
    responseMs: of(({ responseMs }) => responseMs) ?? 0,
    dataMs: of(({ dataMs }) => dataMs) ?? 0,
    countMs: of(({ countMs }) => countMs),
    exactMs: of(({ exactMs }) => exactMs),
    processorMs: median(processor) ?? 0,
    longestTaskMs: of(({ longestTaskMs }) => longestTaskMs) ?? 0,
    requests: of(({ requests }) => requests) ?? 0,
    floorMs: of(({ floorMs }) => floorMs),
  };
}

/** What the page's main thread has worked so far. */
async function workedMs(protocol: CDPSession): Promise<number> {
  const { metrics } = await protocol.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}
