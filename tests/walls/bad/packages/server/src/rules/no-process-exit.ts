// fires unicorn(no-process-exit)
export const stop = (): void => process.exit(1);
