import { ApiError } from '@allot/contract';
import type { PageKey } from '../../operations/directory/list-request.ts';

/** What a list tells its objects apart by: users by number, groups by id, members by either, audit entries by time and id. */
export type TokenKind = 'number' | 'id' | 'either' | 'timeAndId';

/** A text that says where the next page begins. Clients send it back and do not look inside. */
export const writeSkipToken = ({ sorted, last }: PageKey): string =>
  Buffer.from(JSON.stringify([sorted.length > 1 ? sorted : (sorted[0] ?? null), last])).toString('base64url');

/** @throws ApiError 400 when the text is not one that we wrote for such a list */
export function readSkipToken(token: string, kind: TokenKind): PageKey {
  const [written, last, ...rest] = parse(token);
  // One value stands alone, as it did before lists could be ordered by several: links from then are still good.
  const sorted: readonly unknown[] = Array.isArray(written) ? written : written === null ? [] : [written];
  if (rest.length > 0 || !isSorted(sorted) || !isLast(last, kind)) throw unknownToken();
  if (kind === 'timeAndId' && (sorted.length !== 1 || !isTime(sorted[0]))) throw unknownToken();
  return { sorted, last };
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const isLast = (last: unknown, kind: TokenKind): last is string | number =>
  typeof last === 'number'
    ? (kind === 'number' || kind === 'either') && Number.isSafeInteger(last) && last >= 0
    : kind !== 'number' && typeof last === 'string' && uuid.test(last);

const isSorted = (values: readonly unknown[]): values is readonly string[] =>
  values.every((value) => typeof value === 'string' && !value.includes('\0') && value.isWellFormed());

/** As the audit log answers times; nothing that the database could stumble over. */
function isTime(value: unknown): boolean {
  if (typeof value !== 'string' || !/^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/.test(value)) return false;
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 23) === value.slice(0, 23);
}

function parse(token: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

const unknownToken = (): ApiError =>
  new ApiError(
    400,
    'Directory_ExpiredPageToken',
    'The specified page token value has expired and can no longer be included in your request.',
    { advice: 'Begin again without $skiptoken and follow @odata.nextLink from there.' },
  );
