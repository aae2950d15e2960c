/** Resolves at the first SIGTERM or SIGINT. Further ones change nothing: Ctrl-C arrives twice through npm. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, resolve);
  });
}
