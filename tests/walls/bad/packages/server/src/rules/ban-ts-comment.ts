// fires typescript(ban-ts-comment)
// @ts-ignore
export const one: number = 1;
