type Given<Search> = { readonly [Name in keyof Search]: Search[Name] | undefined };

/** What the address need not say is left out of it. */
export function withoutEmpty<Search extends object>(search: Given<Search>): Search {
  const named = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  // `as`: the same names, those without a value left out, which all are optional in an address.
  return Object.fromEntries(named) as Search;
}
