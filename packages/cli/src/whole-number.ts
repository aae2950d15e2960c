import { InvalidArgumentError } from 'commander';

/** A number on the command line: 1 or more. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < 1) {
    throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  }
  return number;
}
