/** What differs between sentences of one code: names and values as they are, numbers, and lists of such texts. */
export type SentenceArguments = Readonly<Record<string, string | number | readonly string[]>>;
