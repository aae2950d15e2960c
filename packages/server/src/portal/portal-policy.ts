/** Of an empty text: style sheets begin empty, and script fills them through the CSSOM, which needs no permission. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/**
 * What the portal's pages may do: run and show nothing but their own files, and talk to nobody but us and the issuer.
 * There is no inline script, and no inline style but an empty one.
 * @param issuers origins of sign-in beside our own
 */
export const portalPolicy = (issuers: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${emptyStyle}`,
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${["'self'", ...issuers].join(' ')}`,
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
