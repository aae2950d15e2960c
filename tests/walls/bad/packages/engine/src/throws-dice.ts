// fires eslint(no-restricted-properties): Same input, same output: the engine has no randomness.
export const chance = Math.random();
