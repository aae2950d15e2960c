import type { Client } from '@allot/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useSession } from '../session/use-session.ts';

/** One of many requests to Graph, with what it is about. */
export interface BulkPart {
  readonly name: string;
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** As in a batch: begins with a slash, without the version. */
  readonly url: string;
  readonly body?: unknown;
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

/** As many as Graph takes in one batch. */
const partsMax = 20;

interface PartAnswer {
  readonly id: string;
  readonly status: number;
  readonly body?: {
    readonly error?: { readonly message?: string; readonly innerError?: { readonly advice?: string } };
  };
}

/** Sends many requests, batch after batch, tells how far they are, and can be stopped between two batches. */
export function useBulk() {
  const { client } = useSession();
  const queries = useQueryClient();
  const [state, setState] = useState<BulkState>();
  const stopped = useRef(false);
  const run = useCallback(
    async (parts: readonly BulkPart[]): Promise<BulkState> => {
      stopped.current = false;
      let now: BulkState = { isRunning: true, done: 0, total: parts.length, failures: [] };
      setState(now);
      for (let at = 0; at < parts.length && !stopped.current; at += partsMax) {
        const some = parts.slice(at, at + partsMax);
        const failures = await sendSome(client, some);
        now = { ...now, done: now.done + some.length, failures: [...now.failures, ...failures] };
        setState(now);
      }
      now = { ...now, isRunning: false };
      setState(now);
      void queries.invalidateQueries();
      return now;
    },
    [client, queries],
  );
  const stop = useCallback(() => {
    stopped.current = true;
  }, []);
  const reset = useCallback(() => setState(undefined), []);
  return { state, run, stop, reset };
}

async function sendSome(client: Client, parts: readonly BulkPart[]): Promise<readonly BulkFailure[]> {
  const requests = parts.map(({ method, url, body }, index) => ({
    id: String(index),
    method,
    url,
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
  }));
  try {
    const answer = await client.send<{ readonly responses: readonly PartAnswer[] }>('POST', '/v1.0/$batch', {
      requests,
    });
    return (answer?.responses ?? [])
      .filter(({ status }) => status >= 400)
      .map(({ id, status, body }) => ({ name: parts[Number(id)]?.name ?? id, message: sentenceOf(status, body) }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return parts.map(({ name }) => ({ name, message }));
  }
}

const sentenceOf = (status: number, body: PartAnswer['body']): string =>
  [body?.error?.message ?? `HTTP ${status}`, body?.error?.innerError?.advice].filter(Boolean).join(' ');
