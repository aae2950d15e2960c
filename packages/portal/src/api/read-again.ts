import type { QueryClient } from '@tanstack/react-query';

/** Of a query that tells what a change would do: once it is done, nobody asks any more. */
export const previewMeta = { isPreview: true } as const;

/** After a change that was made here, what is on the screen is read again. */
export const readAgain = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ predicate: ({ meta }) => meta?.['isPreview'] !== true });
