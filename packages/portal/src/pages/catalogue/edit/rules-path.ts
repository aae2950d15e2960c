/** Conflicts and prerequisites are read and written together. */
export const rulesPath = '/allot/v1/catalogue/rules';
