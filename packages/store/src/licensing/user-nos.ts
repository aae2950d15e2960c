import { type RawBuilder, sql } from 'kysely';

/**
 * User numbers joined by commas. A million are 7 MB, and come from PostgreSQL and go back to it without anybody looking at
 * one; as numbers, the driver alone takes half a second for them.
 */
export type UserNos = string;

export const joinUserNos = (lists: readonly UserNos[]): UserNos => lists.filter((list) => list !== '').join();

export function forEachUserNo(list: UserNos, act: (userNo: number) => void): void {
  if (list === '') return;
  let userNo = 0;
  for (let i = 0; i < list.length; i++) {
    const digit = list.charCodeAt(i) - 48;
    if (digit >= 0) userNo = userNo * 10 + digit;
    else {
      act(userNo);
      userNo = 0;
    }
  }
  act(userNo);
}

/** A list as an array of SQL. */
export const userNoArray = (list: UserNos): RawBuilder<unknown> => sql`${`{${list}}`}::bigint[]`;

/** Each element the text of an array, to be cast to bigint[]. */
export const userNoArrays = (lists: readonly UserNos[]): RawBuilder<unknown> =>
  sql`${`{${lists.map((list) => `"{${list}}"`).join()}}`}::text[]`;
