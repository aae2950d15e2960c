import { badRequest } from '@allot/contract';
import { countryCode } from '../imports/country-code.ts';
import { invalidValue } from '../operations/directory/property-errors.ts';

/** Turns what a caller sent for a field into a value. @throws ApiError naming the field */
export type Field<T> = (value: unknown, name: string) => T;

type Fields = Readonly<Record<string, Field<unknown>>>;
type ValuesOf<F extends Fields> = { readonly [Name in keyof F]?: ReturnType<F[Name]> };

/**
 * The values that a JSON object sends; fields that it does not name are left out. Names compare with case, as they are written
 * in own-API answers.
 * @throws ApiError 400 naming the first field at fault; a name that is none is refused with those that are
 */
export function readFields<F extends Fields>(body: unknown, fields: F): ValuesOf<F> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(objectOf(body))) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) throw unknownField(name, Object.keys(fields));
    values[name] = field(value, name);
  }
  // Each value is what the reader of its name has returned.
  return values as ValuesOf<F>;
}

/** The same with fields that must be there. */
export function readRequired<F extends Fields, Name extends keyof F & string>(
  body: unknown,
  fields: F,
  required: readonly Name[],
): ValuesOf<F> & Required<Pick<ValuesOf<F>, Name>> {
  const values = readFields(body, fields);
  const missing = required.find((name) => values[name] === undefined);
  if (missing !== undefined) throw invalidValue(missing, `Send it: it is needed. Needed are ${required.join(', ')}.`);
  // None of the required ones is missing.
  return values as ValuesOf<F> & Required<Pick<ValuesOf<F>, Name>>;
}

function objectOf(body: unknown): object {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw badRequest('A JSON object is required in the request body.', 'Send the fields as one JSON object.');
}

const unknownField = (name: string, known: readonly string[]) =>
  badRequest(`There is no field '${name.slice(0, 80)}'.`, `The fields that can be set are: ${known.join(', ')}.`);

const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 80) ?? 'nothing';

export const text =
  (lengthMax: number): Field<string> =>
  (value, name) => {
    if (typeof value !== 'string' || value.trim() === '')
      throw invalidValue(name, `Send a text that is not empty, not ${show(value)}.`);
    if (value.length > lengthMax)
      throw invalidValue(name, `Send at most ${lengthMax} characters, not ${value.length}.`);
    return value.trim();
  };

export const optionalText =
  (lengthMax: number): Field<string> =>
  (value, name) =>
    value === null || value === '' ? '' : text(lengthMax)(value, name);

export const flag: Field<boolean> = (value, name) => {
  if (typeof value !== 'boolean') throw invalidValue(name, `Send true or false, not ${show(value)}.`);
  return value;
};

export const integer =
  (min: number, max: number): Field<number> =>
  (value, name) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw invalidValue(name, `Send a whole number from ${min} to ${max}, not ${show(value)}.`);
  };

export const oneOf =
  <const Choice extends string>(...choices: readonly Choice[]): Field<Choice> =>
  (value, name) => {
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) throw invalidValue(name, `Send one of ${choices.join(', ')}, not ${show(value)}.`);
    return chosen;
  };

export const orNull =
  <T>(field: Field<T>): Field<T | null> =>
  (value, name) =>
    value === null ? null : field(value, name);

/** A GUID, in lower case. */
export const guid: Field<string> = (value, name) => {
  if (typeof value === 'string' && isGuid(value)) return value.toLowerCase();
  throw invalidValue(name, `Send a GUID such as 6fd2c87f-b296-42f0-b197-1e91e994b900, not ${show(value)}.`);
};

export const isGuid = (id: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

/** A list without repetitions. */
export const listOf =
  <T extends string>(field: Field<T>, countMax: number): Field<readonly T[]> =>
  (value, name) => {
    const values = arrayOf(field, countMax)(value, name);
    const repeated = values.find((one, at) => values.indexOf(one) < at);
    if (repeated !== undefined) throw invalidValue(name, `Send each value once; ${show(repeated)} is there twice.`);
    return values;
  };

export const arrayOf =
  <T>(field: Field<T>, countMax: number): Field<readonly T[]> =>
  (value, name) => {
    if (!Array.isArray(value)) throw invalidValue(name, `Send an array, not ${show(value)}.`);
    if (value.length > countMax) throw invalidValue(name, `Send at most ${countMax} values, not ${value.length}.`);
    return value.map((one: unknown, at) => field(one, `${name}/${at}`));
  };

/** An ISO 3166-1 code of two letters, in upper case. */
export const country: Field<string> = (value, name) => {
  const code = typeof value === 'string' ? countryCode(value) : null;
  if (code !== null && typeof value === 'string' && value.toUpperCase() === code) return code;
  throw invalidValue(name, `Send the two-letter code of a country, such as US or DE, not ${show(value)}.`);
};

/** A point in time of ISO 8601. */
export const instant: Field<Date> = (value, name) => {
  const time =
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/.test(value)
      ? new Date(value)
      : undefined;
  if (time !== undefined && !Number.isNaN(time.getTime())) return time;
  throw invalidValue(name, `Send a time such as 2026-01-31T08:00:00Z, not ${show(value)}.`);
};

/** Ten years; no service keeps anything longer than that. */
const durationDaysMax = 3_653;

/** A duration of ISO 8601 in whole days or more, as it was written: `P30D`, `P2W`, `P3M`, `P1Y6M`. */
export const duration: Field<string> = (value, name) => {
  const parts = /^P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?$/.exec(
    typeof value === 'string' ? value : '',
  );
  if (parts === null)
    throw invalidValue(
      name,
      `Send an ISO 8601 duration in days, weeks, months or years, such as P30D, not ${show(value)}.`,
    );
  const [years = 0, months = 0, weeks = 0, days = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  if (years * 365 + months * 30 + weeks * 7 + days > durationDaysMax) {
    throw invalidValue(name, `Send a duration of at most ten years, not ${show(value)}.`);
  }
  return parts[0];
};
