import { ApiError } from '@allot/contract';

/**
 * The query options of a request. Names compare without case, and with or without `$`, as clients write them.
 */
export class Query {
  readonly #values = new Map<string, string>();
  /** As written. */
  readonly names: readonly string[];

  /**
   * @param sent as `parseQuery` returns it
   * @throws ApiError 400 when an option is there twice or holds a character that no text may have
   */
  constructor(sent: Readonly<Record<string, unknown>>) {
    this.names = Object.keys(sent);
    for (const [name, value] of Object.entries(sent)) {
      const key = keyOf(name);
      if (typeof value !== 'string' || this.#values.has(key)) {
        throw badQuery(`Query option '${name}' was specified more than once, but it must be specified at most once.`);
      }
      if (value.includes('\0')) throw badQuery(`Query option '${name}' contains a character that is not allowed.`);
      this.#values.set(key, value);
    }
  }

  get(name: string): string | undefined {
    return this.#values.get(keyOf(name));
  }
}

const keyOf = (name: string): string => name.toLowerCase().replace(/^\$/, '');

const badQuery = (message: string): ApiError =>
  new ApiError(400, 'BadRequest', message, { advice: 'Correct the part of the address after the question mark.' });

/** Options of one query at most; Graph has about a dozen. */
const optionsMax = 100;

/** Splits a query: `+` is a space, an option that is there twice becomes an array. */
export function parseQuery(text: string): Record<string, unknown> {
  // Without a prototype, so that an option may be called __proto__ and mean nothing.
  const sent: Record<string, unknown> = { __proto__: null };
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    if (count > optionsMax) break;
    sent[name] = name in sent ? [sent[name], value].flat() : value;
  }
  return sent;
}
