import { ApiError } from '@allot/contract';

/**
 * What the server says of single properties that it refused.
 * @returns by the name of the property, in lower case; of a property of a property by the whole path
 */
export function fieldProblems(error: Error | null): ReadonlyMap<string, string> {
  const details = error instanceof ApiError ? (error.details ?? []) : [];
  return new Map(details.flatMap(({ target, message }) => (target ? [[target.toLowerCase(), message] as const] : [])));
}

/** The error, unless the fields that are shown say all of it. */
export function unplacedError(error: Error | null, shown: readonly string[]): Error | null {
  const problems = [...fieldProblems(error).keys()];
  const places = new Set(shown.map((name) => name.toLowerCase()));
  return problems.length > 0 && problems.every((name) => places.has(name)) ? null : error;
}
