import { badRequest } from '@allot/contract';
import type { TenantLook } from '@allot/store';

/** A text that clients send back and do not look inside. */
export const writePosition = ({ position, version, pending }: TenantLook): string =>
  Buffer.from(
    JSON.stringify([position.cluster, position.snapshot, position.changeNo, position.at, version, pending]),
  ).toString('base64url');

/** @throws ApiError 400 when the text is not one that we wrote */
export function readPosition(text: string): TenantLook {
  const [cluster, snapshot, changeNo, at, version, pending, ...rest] = parse(text);
  if (
    !isDigits(cluster) ||
    !isSnapshot(snapshot) ||
    !isCount(changeNo) ||
    !isCount(at) ||
    !isDigits(version) ||
    !isCount(pending) ||
    rest.length > 0
  )
    throw badRequest('since is no position.', 'Send the position of an earlier answer as it was, or leave since out.');
  return { position: { cluster, snapshot, changeNo, at }, version, pending };
}

function parse(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

const isDigits = (value: unknown): value is string => typeof value === 'string' && /^\d{1,20}$/.test(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Numbers of transactions have 64 bits; PostgreSQL refuses snapshots that are out of order. */
function isSnapshot(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{1,19}:\d{1,19}:(?:\d{1,19}(?:,\d{1,19})*)?$/.test(value)) return false;
  const [first = '', next = '', under = ''] = value.split(':');
  const numbers = [first, ...(under === '' ? [] : under.split(',')), next].map(BigInt);
  return numbers.every(
    (number, at) => number > 0n && number < 1n << 63n && (at === 0 || (numbers[at - 1] ?? 0n) <= number),
  );
}
