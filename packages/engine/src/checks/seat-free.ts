import type { Check } from './check.ts';

/** L-06 check 5. Invariant "seats never oversold": the only way to a seat leads through here. */
export const seatFree: Check = ({ product }, { holdsSeat, seatFree: free }) =>
  holdsSeat(product) || free(product) ? undefined : { error: 'CountViolation', productId: product.productId };
