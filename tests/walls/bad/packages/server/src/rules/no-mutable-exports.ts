// fires import(no-mutable-exports)
export let count = 0;
export const next = (): number => (count += 1);
