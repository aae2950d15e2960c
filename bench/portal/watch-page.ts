/** What of a browser is used here; Node.js, whose types hold for this folder, lacks it. */
declare const document: object;
declare const requestAnimationFrame: (run: () => void) => void;
declare const addEventListener: (
  kind: string,
  tell: (event: { readonly timeStamp: number }) => void,
  options: { readonly capture: boolean; readonly passive: boolean },
) => void;
declare const MutationObserver: new (
  tell: () => void,
) => { observe(node: object, what: Readonly<Record<string, unknown>>): void };
declare const MessageChannel: new () => {
  readonly port1: { onmessage: (() => void) | null };
  readonly port2: { postMessage(message: undefined): void };
};
declare const PerformanceObserver: new (
  tell: (list: { getEntries(): readonly { readonly startTime: number; readonly duration: number }[] }) => void,
) => { observe(what: Readonly<Record<string, unknown>>): void };

interface Asked {
  readonly url: string;
  readonly init: RequestInit | undefined;
  readonly start: number;
  end: number | undefined;
}

interface Span {
  readonly start: number;
  readonly ms: number;
}

/** One interaction as the page saw it; milliseconds. */
export interface Watched {
  readonly responseMs: number;
  readonly dataMs: number;
  readonly countMs: number | undefined;
  readonly exactMs: number | undefined;
  readonly longestTaskMs: number;
  readonly requests: number;
  readonly floorMs: number | undefined;
}

/**
 * Runs in every page before the portal does, as text: it can use nothing from outside. Notes what happened when: requests, changes of the page as
 * they were painted, tasks that kept the main thread, and how long the browser says that it took to paint after a key or a click.
 * Leaves `allotWatch` with `begin(isTyped)`, `quiet(ms)` and `measured()`.
 */
// oxlint-disable-next-line max-lines-per-function -- the browser gets it as text, so it can call nothing outside itself
export function watchPage(): void {
  const now = () => performance.now();
  const ownFetch = globalThis.fetch.bind(globalThis);
  let isTyped = false;
  let began: number | undefined;
  let requests: Asked[] = [];
  let paints: number[] = [];
  let tasks: Span[] = [];
  let events: Span[] = [];
  let active = 0;

  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    // It is answered when something changes, and not before.
    if (url.includes('/allot/v1/changes')) return ownFetch(input, init);
    const request: Asked = { url, init, start: now(), end: undefined };
    requests.push(request);
    active += 1;
    try {
      const response = await ownFetch(input, init);
      // The whole answer is there when it has been read.
      await response.clone().arrayBuffer();
      return response;
    } finally {
      request.end = now();
      active -= 1;
    }
  };

  let isPainting = false;
  const changed = () => {
    if (isPainting) return;
    isPainting = true;
    // The frame that shows it ends before the task that is posted in it begins.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        isPainting = false;
        paints.push(now());
      };
      port2.postMessage(undefined);
    });
  };
  // Other attributes are marks that libraries set under a pointer: nobody sees them.
  const seen = ['aria-selected', 'aria-sort', 'aria-busy', 'aria-checked', 'aria-expanded', 'aria-current', 'disabled'];
  const everything = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: seen };
  new MutationObserver(changed).observe(document, everything);

  const begin = ({ timeStamp }: { readonly timeStamp: number }) => {
    if (isTyped || began === undefined) began = timeStamp;
  };
  for (const kind of ['pointerdown', 'keydown', 'wheel'])
    addEventListener(kind, begin, { capture: true, passive: true });
  const spans = (type: string, spanOf: (span: Span) => void) =>
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) spanOf({ start: startTime, ms: duration });
    }).observe({ type, durationThreshold: 16 });
  spans('longtask', (span) => tasks.push(span));
  spans('event', (span) => events.push(span));

  /** The same requests by fetch alone: what was under way together is asked together. */
  const again = async (some: readonly Asked[]): Promise<number> => {
    const groups: { end: number; readonly together: Asked[] }[] = [];
    for (const request of some.toSorted((a, b) => a.start - b.start)) {
      const last = groups.at(-1);
      const end = request.end ?? request.start;
      if (last !== undefined && request.start < last.end) {
        last.together.push(request);
        last.end = Math.max(last.end, end);
      } else groups.push({ end, together: [request] });
    }
    const start = now();
    for (const { together } of groups) {
      await Promise.all(together.map(async ({ url, init }) => (await ownFetch(url, init)).arrayBuffer()));
    }
    return now() - start;
  };

  const measured = async (): Promise<Watched> => {
    const start = began ?? 0;
    // Only how many there are: that is shown when it comes, and nothing waits for it.
    const isCount = ({ url }: Asked) => /\$count=true&\$top=1&/.test(url);
    const mine = requests.filter((request) => request.start >= start - 1);
    const data = mine.filter((request) => !isCount(request));
    const counts = mine.filter(isCount);
    const firstCount = counts.toSorted((a, b) => a.start - b.start).slice(0, 1);
    const shownAfter = (some: readonly Asked[]) => {
      const end = Math.max(start, ...some.map((request) => request.end ?? start));
      return (paints.find((paint) => paint >= end) ?? end) - start;
    };
    const frameMs = 16;
    const eventMs = events
      .filter((event) => event.start >= start - 1 && event.start < start + 50)
      .map((event) => event.start + event.ms - start);
    const paintMs = (paints.find((paint) => paint > start) ?? start) - start;
    return {
      // What is typed stands in the field and is no change of the page. Less than a frame is not told.
      responseMs: Math.max(frameMs, isTyped ? 0 : paintMs, ...eventMs),
      dataMs: shownAfter(data),
      countMs: counts.length === 0 ? undefined : shownAfter(firstCount),
      exactMs: counts.length === 0 ? undefined : shownAfter(counts),
      longestTaskMs: Math.max(0, ...tasks.filter((task) => task.start + task.ms > start).map(({ ms }) => ms)),
      requests: data.length,
      floorMs: data.length === 0 ? undefined : await again(data),
    };
  };

  const quiet = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        const last = Math.max(began ?? 0, ...requests.map(({ end }) => end ?? 0), ...paints);
        if (active === 0 && now() - last >= ms) resolve();
        else setTimeout(look, 20);
      };
      look();
    });

  Object.assign(globalThis, {
    allotWatch: {
      /** @param typed counts from the last key instead of from the first event */
      begin: (typed: boolean) => {
        [isTyped, began, requests, paints, tasks, events] = [typed, undefined, [], [], [], []];
      },
      quiet,
      measured,
    },
  });
}
