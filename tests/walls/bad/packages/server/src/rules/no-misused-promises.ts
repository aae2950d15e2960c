// fires typescript(no-misused-promises)
export function choose(ready: Promise<boolean>): number {
  return ready ? 1 : 2;
}
