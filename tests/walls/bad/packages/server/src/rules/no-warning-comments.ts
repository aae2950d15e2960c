// fires eslint(no-warning-comments)
// TODO: think about this again
export const limit = 3;
