import type { Token } from '../language/read-tokens.ts';

/** A name as keywords and operators are compared: in lower case, without its hyphen. '' for other tokens. */
export const wordOf = (token: Token): string =>
  token.kind === 'name' ? token.text.toLowerCase().replace(/^-/, '') : '';
