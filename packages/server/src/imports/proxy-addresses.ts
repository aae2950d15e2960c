import { quoted, tooLong } from './import-problem.ts';

/**
 * The proxy addresses of a cell, as Graph writes them ("SMTP:" the primary one, "smtp:" an alias, other types as they
 * are), or what is wrong with them. The admin center separates addresses by "+", others by ";"; a "+" inside an address
 * (ann+news@contoso.com) does not, because no type follows it. Two users may share an address (L-11); one user has each
 * address once.
 */
export function readProxyAddresses(cell: string): { addresses: string[] } | { problem: string } {
  if (cell === '') return { addresses: [] };
  const byKey = new Map<string, string>();
  let primary: string | null = null;
  for (const part of cell.split(cell.includes(':') ? beforeType : ';')) {
    const address = withType(part.trim());
    if (address === null) continue;
    const problem = addressProblem(address);
    if (problem !== null) return { problem };
    if (address.startsWith('SMTP:')) {
      if (primary !== null && primary.toLowerCase() !== address.toLowerCase()) {
        return {
          problem: `has two primary addresses, ${quoted(primary)} and ${quoted(address)}: write "smtp:" in small letters for all but one`,
        };
      }
      primary = address;
    }
    // The primary form of an address wins over the same address as an alias.
    const key = address.toLowerCase();
    if (!byKey.has(key) || address.startsWith('SMTP:')) byKey.set(key, address);
    if (byKey.size > addressesMax) return { problem: `has more than ${addressesMax} addresses: remove some` };
  }
  return { addresses: [...byKey.values()] };
}

/** The primary SMTP address without its type, or null. */
export function primaryAddress(addresses: readonly string[]): string | null {
  return addresses.find((address) => address.startsWith('SMTP:'))?.slice('SMTP:'.length) ?? null;
}

/** Exchange keeps 300 addresses of a user; directories in the field have somewhat more. */
const addressesMax = 500;
/** Graph's limit for one address with its type. */
const addressCharsMax = 1_123;

/** A separator where addresses have types: X400 addresses contain ";", and mail addresses "+". */
const beforeType = /[;+]\s*(?=[A-Za-z0-9]{1,16}:)/;

function withType(address: string): string | null {
  if (address === '') return null;
  return address.includes(':') ? address : `smtp:${address}`;
}

function addressProblem(address: string): string | null {
  if (address.length > addressCharsMax) return `address ${quoted(address)} ${tooLong(address, addressCharsMax)}`;
  if (/^smtp:/i.test(address) && !/^smtp:[^\s@:]+@[^\s@:]+$/i.test(address)) {
    return `${quoted(address)} is not a mail address: write it like smtp:ann@contoso.com`;
  }
  return null;
}
