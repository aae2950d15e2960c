// fires unicorn(no-abusive-eslint-disable)
// oxlint-disable-next-line
export const first = (values: readonly string[]): string => values[0]!;
