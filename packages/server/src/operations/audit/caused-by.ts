/** Causes that one entry names at most. */
const LISTED_CAUSES_MAX = 1_000;

/** Details of an entry about what other calls caused and this one settled, by their correlation ids (L-29). */
export const causedBy = (correlationIds: readonly string[]) =>
  correlationIds.slice(0, LISTED_CAUSES_MAX).map((value) => ({ key: 'causedBy', value }));
