// fires eslint(radix)
export const size = (text: string): number => parseInt(text);
