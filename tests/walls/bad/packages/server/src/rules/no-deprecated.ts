// fires typescript(no-deprecated)
export function isOdd(text: string): boolean {
  return text.substr(0, 1) === '1';
}
