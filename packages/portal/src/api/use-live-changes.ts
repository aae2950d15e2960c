import { ServerUnreachable } from '@allot/contract';
import { type Query, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { reachedKey } from './query-client.ts';
import { noteRefusal } from '../session/session-end.ts';
import { useSession } from '../session/use-session.ts';
import { coalesce } from './coalesce.ts';
import { readAgain } from './read-again.ts';

/** `GET /allot/v1/changes`: a text that changes with everything, and how much is not settled. */
interface Changes {
  readonly position: string;
  readonly pending: number;
}

const changesKey = ['changes'];
/** How soon the server is asked again after an answer. */
const pauseMs = 500;
/** While changes stream in, what is on the screen is read again so often; the first of them shows at once. */
const readAgainMs = 3000;
/** And after a failure. */
const retryMs = 5000;

/** Reads again what is on the screen as soon as the server tells that something changed. Once in the page's frame. */
export function useLiveChanges(): void {
  const { client } = useSession();
  const queries = useQueryClient();
  useEffect(() => {
    const stopped = new AbortController();
    const isRead = ({ queryKey }: Query) => queryKey !== changesKey && queryKey !== reachedKey;
    const changed = coalesce(() => readAgain(queries, isRead), readAgainMs, stopped.signal);
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
          changed();
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
