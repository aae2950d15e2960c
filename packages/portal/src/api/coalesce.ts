/**
 * Something that is done at once when it is first asked for, and however often it is asked for meanwhile, once more afterwards.
 * @param run what is done; its failures are its own affair
 * @param pauseMs it is not begun again sooner after its beginning, in milliseconds, nor before it has ended
 * @param signal ends it: what was asked for and has not begun is not done
 */
export function coalesce(run: () => Promise<unknown>, pauseMs: number, signal: AbortSignal): () => void {
  let isRunning = false;
  let isAsked = false;
  const work = async () => {
    while (isAsked && !signal.aborted) {
      isAsked = false;
      await Promise.allSettled([run(), new Promise((resolve) => setTimeout(resolve, pauseMs))]);
    }
    isRunning = false;
  };
  return () => {
    isAsked = true;
    if (isRunning) return;
    isRunning = true;
    void work();
  };
}
