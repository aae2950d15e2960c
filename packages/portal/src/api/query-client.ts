import { ApiError, ServerUnreachable, SignInRefused } from '@allot/contract';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { noteRefusal } from '../session/session-end.ts';

/** What was read stays good until the server tells of a change (`use-live-changes.ts`), or for this long. */
const staleMs = 60_000;

/** Whether the server answered when it was asked last; the frame tells when it did not. */
export const reachedKey = ['reached'];

// Whatever is asked when the sign-in has ended: the frame leads the person to it again.
const onError = (error: Error) => {
  if (error instanceof ServerUnreachable) queryClient.setQueryData(reachedKey, false);
  noteRefusal(error);
};

const onSuccess = () => {
  if (queryClient.getQueryData(reachedKey) === false) queryClient.setQueryData(reachedKey, true);
};

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError, onSuccess }),
  mutationCache: new MutationCache({ onError, onSuccess }),
  defaultOptions: {
    // A browser that thinks it has no network may still reach a server of one's own; whoever asks is told when it does not.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: staleMs,
      refetchOnWindowFocus: false,
      // The client already waits for a busy server; what was refused will be refused again.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError || error instanceof SignInRefused),
    },
  },
});
