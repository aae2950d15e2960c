/** The value of an option that is a number; 1_000_000 and 1'000'000 are. @throws Error that says what it takes */
export function atLeast(name: string, text: string, minimum: number): number {
  const value = Number(text.replaceAll(/[_,']/g, ''));
  if (!Number.isSafeInteger(value) || value < minimum)
    throw new Error(`--${name} takes a number from ${minimum} on, not "${text}".`);
  return value;
}
