// fires eslint(prefer-const)
let limit = 3;
export const double = limit * 2;
