import { ApiError, SignInRefused } from '@allot/contract';
import { QueryClient } from '@tanstack/react-query';

/** What was read stays good until the server tells of a change (`use-live-changes.ts`), or for this long. */
const staleMs = 60_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: staleMs,
      refetchOnWindowFocus: false,
      // The client already waits for a busy server; what was refused will be refused again.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError || error instanceof SignInRefused),
    },
  },
});
