// fires eslint(eqeqeq)
export const isOne = (value: number): boolean => value == 1;
