// fires unicorn(error-message)
export const fail = (): Error => new Error();
