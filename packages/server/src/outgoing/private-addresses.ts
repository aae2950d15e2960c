import { BlockList, isIP } from 'node:net';

/** Addresses of this machine, of its network, and of what is no single machine (RFC 6890). */
const blocked = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  blocked.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  blocked.addSubnet(network, prefix, 'ipv6');

/** Ways to write an address of IPv4 as one of IPv6, with where its bits stand. */
const embedded = [/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i, /^64:ff9b::(\d+\.\d+\.\d+\.\d+)$/i, /^::(\d+\.\d+\.\d+\.\d+)$/];

/** Whether an address is not one of the public internet. What is no address is not. */
export function isPrivate(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return blocked.check(address, 'ipv4');
  if (family !== 6) return true;
  const inner = embedded.map((pattern) => pattern.exec(canonical(address))?.[1]).find((found) => found !== undefined);
  return inner === undefined ? blocked.check(address, 'ipv6') : blocked.check(inner, 'ipv4');
}

/** The last 32 bits as an address of IPv4 where the first 96 say that they are one. */
function canonical(address: string): string {
  const host = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1);
  const [, prefix, high, low] = /^(::ffff:|64:ff9b::|::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(host) ?? [];
  if (prefix === undefined || high === undefined || low === undefined) return host;
  const bits = [Number.parseInt(high, 16), Number.parseInt(low, 16)].flatMap((part) => [part >> 8, part & 255]);
  return `${prefix}${bits.join('.')}`;
}
