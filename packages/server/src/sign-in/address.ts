/** The address this installation is known by, as configured; never taken from a request. */
export type Address = {
  /** Without a slash at the end: `https://licenses.example.com`. Also the audience of every access token. */
  readonly base: string;
  readonly protocol: 'http' | 'https';
  /** With the port unless it is the default one. */
  readonly host: string;
  readonly hostname: string;
  /** '' or a path such as `/allot`, if a proxy serves it there. */
  readonly path: string;
};

export function readAddress(baseUrl: string): Address {
  const url = URL.parse(baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new Error(
      `'${baseUrl}' is no address to serve at. Set ALLOT_BASE_URL to one such as https://licenses.example.com.`,
    );
  }
  const path = url.pathname.replace(/\/+$/, '');
  const protocol = url.protocol === 'https:' ? 'https' : 'http';
  return { base: `${url.origin}${path}`, protocol, host: url.host, hostname: url.hostname, path };
}

/** The issuer of a tenant's tokens. */
export const issuerOf = (address: Address, tenantId: string): string => `${address.base}/${tenantId}/v2.0`;
