import { ApiError } from '@allot/contract';
import type { PageKey } from '../../operations/directory/list-request.ts';

/** What a list tells its objects apart by: users by number, groups by id, members by either. */
export type TokenKind = 'number' | 'id' | 'either';

/** A text that says where the next page begins. Clients send it back and do not look inside. */
export const writeSkipToken = ({ sorted, last }: PageKey): string =>
  Buffer.from(JSON.stringify([sorted, last])).toString('base64url');

/** @throws ApiError 400 when the text is not one that we wrote for such a list */
export function readSkipToken(token: string, kind: TokenKind): PageKey {
  const [sorted, last, ...rest] = parse(token);
  const isNumber = typeof last === 'number' && Number.isSafeInteger(last) && last >= 0;
  const isId = typeof last === 'string' && uuid.test(last);
  const fits = (kind !== 'id' && isNumber) || (kind !== 'number' && isId);
  if (!fits || rest.length > 0 || !isSorted(sorted)) throw unknownToken();
  return { sorted, last };
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const isSorted = (value: unknown): value is string | null =>
  value === null || (typeof value === 'string' && !value.includes('\0') && value.isWellFormed());

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
