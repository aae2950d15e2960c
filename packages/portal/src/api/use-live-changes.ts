import { ServerUnreachable } from '@allot/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { reachedKey } from './query-client.ts';
import { noteRefusal } from '../session/session-end.ts';
import { useSession } from '../session/use-session.ts';

/** `GET /allot/v1/changes`: a text that changes with everything, and how much is not settled. */
interface Changes {
  readonly position: string;
  readonly pending: number;
}

const changesKey = ['changes'];
/** How soon again after an answer, so that many changes are one reading. */
const pauseMs = 500;
/** And after a failure. */
const retryMs = 5000;

/** Reads again what is on the screen as soon as the server tells that something changed. Once in the page's frame. */
export function useLiveChanges(): void {
  const { client } = useSession();
  const queries = useQueryClient();
  useEffect(() => {
    const stopped = new AbortController();
    const follow = async () => {
      let position: string | undefined;
      while (!stopped.signal.aborted) {
        const query: string = position === undefined ? '' : `?since=${encodeURIComponent(position)}`;
        const changes = await client.get<Changes>(`/allot/v1/changes${query}`).catch((error: unknown) => {
          if (error instanceof ServerUnreachable) queries.setQueryData(reachedKey, false);
          return noteRefusal(error);
        });
        if (stopped.signal.aborted) return;
        const isBack = changes !== undefined && queries.getQueryData(reachedKey) === false;
        if (changes !== undefined) queries.setQueryData(reachedKey, true);
        if (changes !== undefined && position !== undefined && (isBack || changes.position !== position)) {
          void queries.invalidateQueries({
            predicate: ({ queryKey }) => queryKey !== changesKey && queryKey !== reachedKey,
          });
        }
        if (changes !== undefined) queries.setQueryData(changesKey, changes);
        position = changes?.position ?? position;
        await pause(changes === undefined ? retryMs : pauseMs, stopped.signal);
        if (document.hidden) await untilVisible(stopped.signal);
      }
    };
    void follow();
    return () => stopped.abort();
  }, [client, queries]);
}

/** Whether the server answered when it was asked last. */
export function useIsReached(): boolean {
  const { data } = useQuery<boolean>({ queryKey: reachedKey, enabled: false });
  return data ?? true;
}

/** Changes that are accepted and not settled yet, as last told. */
export function usePending(): number {
  const { data } = useQuery<Changes>({ queryKey: changesKey, enabled: false });
  return data?.pending ?? 0;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });

/** A tab that nobody sees asks nothing. */
const untilVisible = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
