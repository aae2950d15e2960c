/** The header that Graph asks for with `$count`, `$search` and most filters. */
export const advanced = { ConsistencyLevel: 'eventual' } as const;

/** The same for a list whose rows do not wait until all of them are counted: that is asked beside it. */
export const advancedUncounted = { ...advanced, Prefer: 'allot.count=none' } as const;

/** Whoever filters wants to know whether few or many are left: more rows than these are counted only after that is shown. */
export const countedFirstMax = 10_000;

/** A count that may end when there are more than that. */
export const advancedCountedFirst = { ...advanced, Prefer: `allot.count=${countedFirstMax}` } as const;
