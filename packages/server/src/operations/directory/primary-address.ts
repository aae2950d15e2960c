import { comparedAddress } from '@allot/store';

/** The addresses with `mail` as the primary one: what was primary becomes an alias, nothing is dropped (L-30). */
export function withPrimaryAddress(proxyAddresses: readonly string[], mail: string): readonly string[] {
  const others = proxyAddresses.filter((address) => comparedAddress(address) !== mail.toLowerCase());
  return [`SMTP:${mail}`, ...others.map((address) => address.replace(/^SMTP:/, 'smtp:'))];
}

/** The primary address without its type, or undefined. */
export const primaryAddressOf = (proxyAddresses: readonly string[]): string | undefined =>
  proxyAddresses.find((address) => address.startsWith('SMTP:'))?.slice('SMTP:'.length);
