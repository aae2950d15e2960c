// fires unicorn(throw-new-error)
export const fail = (): Error => Error('no reason');
