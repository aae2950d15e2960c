/** The header that Graph asks for with `$count`, `$search` and most filters. */
export const advanced = { ConsistencyLevel: 'eventual' } as const;

/** The same for a list whose rows do not wait until all of them are counted: that is asked beside it. */
export const advancedUncounted = { ...advanced, Prefer: 'allot.count=none' } as const;
