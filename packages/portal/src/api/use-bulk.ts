import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useSession } from '../session/use-session.ts';
import { readAgain } from './read-again.ts';
import { type BatchRequest, type BatchResult, sendInBatches } from './send-batch.ts';

/** One of many requests, with whom or what it is about. */
export interface BulkPart extends Omit<BatchRequest, 'id'> {
  readonly name: string;
}

export interface BulkFailure {
  readonly name: string;
  /** The server's sentence. */
  readonly message: string;
}

export interface BulkState {
  readonly isRunning: boolean;
  readonly done: number;
  readonly total: number;
  readonly failures: readonly BulkFailure[];
}

/** Sends many requests, batch after batch, tells how far they are, and can be stopped between two batches. */
export function useBulk() {
  const { client } = useSession();
  const queries = useQueryClient();
  const [state, setState] = useState<BulkState>();
  const stopping = useRef<AbortController>(undefined);
  const run = useCallback(
    async (parts: readonly BulkPart[]): Promise<BulkState> => {
      const stopped = new AbortController();
      stopping.current = stopped;
      let now: BulkState = { isRunning: true, done: 0, total: parts.length, failures: [] };
      setState(now);
      const told = (results: readonly BatchResult[]) => {
        const failures = results.flatMap(({ id, problem }) =>
          problem === undefined ? [] : { name: parts[Number(id)]?.name ?? id, message: problem },
        );
        now = { ...now, done: now.done + results.length, failures: [...now.failures, ...failures] };
        setState(now);
      };
      const requests = parts.map(({ method, url, body }, at) => ({ id: String(at), method, url, body }));
      try {
        await sendInBatches(client, requests, told, stopped.signal);
      } catch (error) {
        // A whole batch was refused: what comes after it was not sent.
        const message = error instanceof Error ? error.message : String(error);
        now = { ...now, failures: [...now.failures, { name: parts[now.done]?.name ?? '', message }] };
      }
      now = { ...now, isRunning: false };
      setState(now);
      void readAgain(queries);
      return now;
    },
    [client, queries],
  );
  const stop = useCallback(() => stopping.current?.abort(), []);
  const reset = useCallback(() => setState(undefined), []);
  return { state, run, stop, reset };
}
