/**
 * What is made from a language is made once for each: whatever of `Intl` is made takes as long as drawing a row, and every row needs some.
 * @param make the same for the same language, and never changed afterwards
 */
export function oncePerLanguage<T>(make: (language: string) => T): (language: string) => T {
  const made = new Map<string, T>();
  return (language) => {
    const known = made.get(language);
    if (known !== undefined) return known;
    const one = make(language);
    made.set(language, one);
    return one;
  };
}
