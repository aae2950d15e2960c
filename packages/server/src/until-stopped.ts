/** A terminal's Ctrl-C arrives twice through npm: once from the terminal, once forwarded. Later ones are meant. */
const SAME_SIGNAL_MS_MAX = 2000;

/** Resolves at the first SIGTERM or SIGINT. A further one, some seconds later, ends the process at once, for who cannot wait. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = (signal: NodeJS.Signals) => {
      first ??= Date.now();
      resolve(signal);
      if (Date.now() - first > SAME_SIGNAL_MS_MAX) process.exit(130);
    };
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, stop);
  });
}
