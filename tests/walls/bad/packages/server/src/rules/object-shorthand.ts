// fires eslint(object-shorthand)
export const wrap = (name: string): { name: string } => ({ name: name });
