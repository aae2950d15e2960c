import { useSyncExternalStore } from 'react';

/** Below this width columns beside each other cannot be read: a phone, or a page at 200 % and more. */
const narrow = matchMedia('(max-width: 40rem)');

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

/** Whether a row is drawn as a card, with the name of each column beside what it says. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);
