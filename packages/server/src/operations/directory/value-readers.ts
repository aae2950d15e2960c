import { countryCode } from '../../imports/country-code.ts';
import { userPrincipalNameProblem } from '../../imports/user-principal-name.ts';
import { invalidValue } from './property-errors.ts';

/** Turns what a caller sent for a property into what is kept. @throws ApiError naming the property */
export type ValueReader = (value: unknown, property: string) => unknown;

const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 80) ?? 'nothing';

/** A text of at most `lengthMax` characters; null, or the empty text, is none. */
export const text =
  (lengthMax: number): ValueReader =>
  (value, property) =>
    readText(value, property, lengthMax);

function readText(value: unknown, property: string, lengthMax: number): string | null {
  if (value === null || value === '') return null;
  if (typeof value !== 'string') throw invalidValue(property, `Send a text or null, not ${show(value)}.`);
  if (value.length > lengthMax) {
    throw invalidValue(property, `Send at most ${lengthMax} characters, not ${value.length}.`);
  }
  return value;
}

/** A text that there must be. */
export const requiredText =
  (lengthMax: number): ValueReader =>
  (value, property) =>
    readRequiredText(value, property, lengthMax);

function readRequiredText(value: unknown, property: string, lengthMax: number): string {
  const read = readText(value, property, lengthMax);
  if (read === null || read.trim() === '') throw invalidValue(property, 'Send a text that is not empty.');
  return read;
}

export const flag: ValueReader = (value, property) => {
  if (typeof value !== 'boolean') throw invalidValue(property, `Send true or false, not ${show(value)}.`);
  return value;
};

/** One of these texts, in any case. */
export const choice =
  (...choices: readonly string[]): ValueReader =>
  (value, property) => {
    if (value === null) return null;
    const chosen = choices.find((one) => typeof value === 'string' && one.toLowerCase() === value.toLowerCase());
    if (chosen === undefined) throw invalidValue(property, `Send one of ${choices.join(', ')}, not ${show(value)}.`);
    return chosen;
  };

/** A list of texts that are not empty. */
export const texts =
  (countMax: number, lengthMax: number): ValueReader =>
  (value, property) => {
    if (!Array.isArray(value)) throw invalidValue(property, `Send an array of texts, not ${show(value)}.`);
    if (value.length > countMax) throw invalidValue(property, `Send at most ${countMax} texts, not ${value.length}.`);
    return value.map((one: unknown) => readRequiredText(one, property, lengthMax));
  };

export const dateTime: ValueReader = (value, property) => {
  if (value === null) return null;
  const time = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) ? new Date(value) : undefined;
  if (time === undefined || Number.isNaN(time.getTime())) {
    throw invalidValue(property, `Send a time such as 2026-01-31T08:00:00Z, not ${show(value)}.`);
  }
  return time;
};

/** An ISO 3166-1 code of two letters, kept in upper case. */
export const country: ValueReader = (value, property) => {
  if (value === null || value === '') return null;
  const code = typeof value === 'string' ? countryCode(value) : null;
  if (typeof value === 'string' && code === value.toUpperCase()) return code;
  const hint = code === null ? 'such as US or DE' : `, here '${code}'`;
  throw invalidValue(property, `Send the two-letter code of a country ${hint}, not ${show(value)}.`.replace(' ,', ','));
};

export const userPrincipalName: ValueReader = (value, property) => {
  if (typeof value !== 'string') throw invalidValue(property, `Send a name like ann@contoso.com, not ${show(value)}.`);
  const problem = userPrincipalNameProblem(value);
  if (problem !== null) throw invalidValue(property, `The value ${problem}.`);
  return value;
};

const mailLengthMax = 256;

export const mailAddress: ValueReader = (value, property) => {
  if (value === null || value === '') return null;
  if (typeof value !== 'string' || value.length > mailLengthMax || !/^[^\s@:;,<>"]+@[^\s@:;,<>"]+$/.test(value)) {
    throw invalidValue(property, `Send an address like ann@contoso.com, not ${show(value)}.`);
  }
  return value;
};

/** Graph's rule for groups; users may have dots, which their addresses are made of. */
export const mailNickname =
  (forbidden: RegExp): ValueReader =>
  (value, property) => {
    const read = readRequiredText(value, property, 64);
    const found = forbidden.exec(read);
    if (found !== null) throw invalidValue(property, `Leave out the character ${show(found[0])}.`);
    return read;
  };

/** A property that this directory does not keep: nothing may be sent, anything else is refused rather than lost. */
export const notKept: ValueReader = (value, property) => {
  const nothing = value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0);
  if (!nothing) throw invalidValue(property, 'This directory does not keep the property; leave it out.');
  return undefined;
};

/** A property that belongs to whoever signs people in. It is accepted, since Graph demands it, and kept nowhere. */
export const passwordProfile: ValueReader = (value, property) => {
  if (value !== null && (typeof value !== 'object' || Array.isArray(value))) {
    throw invalidValue(property, `Send an object, not ${show(value)}.`);
  }
  return undefined;
};
