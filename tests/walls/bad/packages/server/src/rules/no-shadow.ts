// fires eslint(no-shadow)
const limit = 3;
export const above = (limits: readonly number[]): number => limits.reduce((most, limit) => most + limit, limit);
