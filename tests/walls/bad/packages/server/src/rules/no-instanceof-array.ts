// fires unicorn(no-instanceof-array)
export const isList = (value: unknown): boolean => value instanceof Array;
