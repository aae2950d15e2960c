// fires eslint(max-params)
export function sum(a: number, b: number, c: number, d: number, e: number, f: number, g: number): number {
  return a + b + c + d + e + f + g;
}
