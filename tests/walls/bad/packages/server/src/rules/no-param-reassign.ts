// fires eslint(no-param-reassign)
export function atLeastOne(count: number): number {
  if (count < 1) count = 1;
  return count;
}
