import pg from 'pg';

/**
 * How columns become values: as pg does it, except that `bigint` and `bigint[]` become numbers. Ours (counts, numbers
 * of users, revisions) stay far below 2^53; one that does not is an error, never a number that is nearly right.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser(oid, format): unknown {
    const type: number = oid;
    if (format !== 'binary' && type === int8) return toSafeInteger;
    if (format !== 'binary' && type === int8Array) return toSafeIntegers;
    return pg.types.getTypeParser(oid, format);
  },
};

const int8 = 20;
const int8Array = 1016;
const textArray = 1009;
type TypeId = Parameters<typeof pg.types.getTypeParser>[0];

function toSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(
      `The database returned ${text}, more than a number can hold exactly. Cast it to text in the statement.`,
    );
  }
  return value;
}

function toSafeIntegers(text: string): unknown {
  // The parser of text[] knows nested arrays and NULL. First `as`: the declaration lists no array types, the function
  // knows them; second: what it returns is declared `any`.
  const parse = pg.types.getTypeParser(textArray as TypeId, 'text') as (source: string) => unknown;
  return convert(parse(text));
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  return typeof value === 'string' ? toSafeInteger(value) : value;
}
