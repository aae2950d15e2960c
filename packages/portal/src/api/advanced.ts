/** The header that Graph asks for with `$count`, `$search` and most filters. */
export const advanced = { ConsistencyLevel: 'eventual' } as const;
