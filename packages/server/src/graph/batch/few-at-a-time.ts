/** Runs at most `max` things at the same time; the others wait their turn, first come, first served. */
export function fewAtATime(max: number): <T>(run: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (running >= max) await new Promise<void>((begin) => waiting.push(begin));
    else running += 1;
    try {
      return await run();
    } finally {
      // Whoever is next takes the place over, so that nobody who comes meanwhile gets it.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
