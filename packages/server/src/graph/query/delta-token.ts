import { badRequest } from '@allot/contract';
import type { Position } from '../../operations/delta/delta-request.ts';
import { isObjectId } from '../../operations/is-object-id.ts';

/** What a run of pages is about and how far it is. */
export interface DeltaState {
  readonly kind: 'users' | 'groups';
  /** Text of `$select`. */
  readonly select: string | undefined;
  readonly ids: readonly string[] | undefined;
  readonly since: Position | undefined;
  readonly until: Position | undefined;
  /** Where the page begins: a user's number, or a group's id and, within its members, a user's number or a group's id. */
  readonly after: readonly (string | number)[] | undefined;
}

/** A text that clients send back and do not look inside. */
export const writeDeltaToken = ({ kind, select, ids, since, until, after }: DeltaState): string =>
  Buffer.from(
    JSON.stringify([kind, select ?? null, ids ?? null, listOf(since), listOf(until), after ?? null]),
  ).toString('base64url');

const listOf = (position: Position | undefined) =>
  position === undefined ? null : [position.cluster, position.snapshot, position.changeNo, position.at];

/** @throws ApiError 400 when the text is not one that we wrote for this kind of object */
export function readDeltaToken(token: string, kind: DeltaState['kind']): DeltaState {
  const [written, select, ids, since, until, after, ...rest] = parse(token);
  if (written !== kind || rest.length > 0) throw badlyFormed();
  return {
    kind,
    select: optional(select, isText),
    ids: optional(ids, isIds),
    since: optional(since, isPosition, positionOf),
    until: optional(until, isPosition, positionOf),
    after: optional(after, kind === 'users' ? isUserKey : isGroupKey),
  };
}

function parse(token: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function optional<T, Result = T>(
  value: unknown,
  is: (value: unknown) => value is T,
  make: (value: T) => Result = (same) => same as unknown as Result,
): Result | undefined {
  if (value === null) return undefined;
  if (!is(value)) throw badlyFormed();
  return make(value);
}

type Written = readonly [cluster: string, snapshot: string, changeNo: number, at: number];

const positionOf = ([cluster, snapshot, changeNo, at]: Written): Position => ({ cluster, snapshot, changeNo, at });

const isPosition = (value: unknown): value is Written =>
  Array.isArray(value) &&
  value.length === 4 &&
  isDigits(value[0]) &&
  isSnapshot(value[1]) &&
  isNumber(value[2]) &&
  isNumber(value[3]);

const isDigits = (value: unknown): boolean => typeof value === 'string' && /^\d{1,20}$/.test(value);
/** Numbers of transactions have 64 bits; PostgreSQL refuses snapshots that are out of order. */
const isSnapshot = (value: unknown): boolean => {
  if (typeof value !== 'string' || !/^\d{1,19}:\d{1,19}:(?:\d{1,19}(?:,\d{1,19})*)?$/.test(value)) return false;
  const [xmin = '', xmax = '', under = ''] = value.split(':');
  const numbers = [xmin, ...(under === '' ? [] : under.split(',')), xmax].map(BigInt);
  return numbers.every(
    (number, at) => number > 0n && number < 1n << 63n && (at === 0 || (numbers[at - 1] ?? 0n) <= number),
  );
};
const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isText = (value: unknown): value is string =>
  typeof value === 'string' && !value.includes('\0') && value.isWellFormed();
const isId = (value: unknown): value is string => typeof value === 'string' && isObjectId(value);
const isIds = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isId);
const isUserKey = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length === 1 && isNumber(value[0]);
const isGroupKey = (value: unknown): value is readonly (string | number)[] =>
  Array.isArray(value) &&
  isId(value[0]) &&
  (value.length === 1 || (value.length === 2 && (isNumber(value[1]) || isId(value[1]))));

const badlyFormed = () =>
  badRequest(
    'Badly formed token.',
    'Follow @odata.nextLink and @odata.deltaLink as they were answered, or begin anew.',
  );
