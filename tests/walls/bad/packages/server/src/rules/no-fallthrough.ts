// fires eslint(no-fallthrough)
export function size(state: 'on' | 'off', log: (text: string) => void): number {
  switch (state) {
    case 'on':
      log('on');
    case 'off':
      return 1;
  }
}
