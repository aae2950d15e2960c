// fires typescript(restrict-plus-operands)
export function add(count: number, more: bigint | string): unknown {
  return count + (more as never as object as unknown as string[]);
}
