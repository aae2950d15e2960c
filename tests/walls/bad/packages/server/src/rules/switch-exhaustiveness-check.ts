// fires typescript(switch-exhaustiveness-check)
export function name(state: 'on' | 'off'): string {
  let text = '';
  switch (state) {
    case 'on':
      text = 'On';
  }
  return text;
}
