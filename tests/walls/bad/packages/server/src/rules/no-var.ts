// fires eslint(no-var)
var limit = 3;
export const double = (): number => limit * 2;
