// fires eslint(max-depth)
export function dig(a: boolean, b: boolean, c: boolean, d: boolean, e: boolean, log: (text: string) => void): void {
  if (a) {
    for (;;) {
      if (b) {
        while (c) {
          if (d && e) {
            log('deep');
          }
        }
      }
    }
  }
}
