/** The same without what only whoever speaks another language needs, so that a test can say a problem as people read it. */
export function inWords<Item extends object>(item: Item): Omit<Item, 'sentence'> {
  const words: Item & { sentence?: unknown } = { ...item };
  delete words.sentence;
  return words;
}
