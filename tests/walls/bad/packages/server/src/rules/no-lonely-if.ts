// fires eslint(no-lonely-if)
export function note(value: number, log: (text: string) => void): void {
  if (value < 0) {
    log('-');
  } else {
    if (value > 0) {
      log('+');
    }
  }
}
