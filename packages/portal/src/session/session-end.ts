import { SignInRefused } from '@allot/contract';
import { useSyncExternalStore } from 'react';

let hasEnded = false;
const listeners = new Set<() => void>();

/** Told of every error; remembers when it means that the sign-in has ended. */
export function noteRefusal(error: unknown): undefined {
  if (!(error instanceof SignInRefused) || hasEnded) return;
  hasEnded = true;
  for (const listener of listeners) listener();
}

/** Somebody has signed in again. */
export function noteReturn(): void {
  hasEnded = false;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the server no longer believes who is signed in here. */
export const useSessionEnd = (): boolean => useSyncExternalStore(subscribe, () => hasEnded);
