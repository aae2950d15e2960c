// fires eslint(no-useless-assignment)
export function count(values: readonly string[]): number {
  let total = 0;
  total = values.length;
  return total;
}
