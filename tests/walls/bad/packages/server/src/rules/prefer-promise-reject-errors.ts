// fires typescript(prefer-promise-reject-errors)
export function fail(): Promise<never> {
  return Promise.reject('no reason');
}
