import { useEffect, useSyncExternalStore } from 'react';

/** Forms on the screen with something in them that is not saved. */
const forms = new Set<symbol>();
const listeners = new Set<() => void>();

/** What waits for the answer whether to give that up. */
let waiting: (() => void) | undefined;

const tell = () => {
  for (const listener of listeners) listener();
};

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Says that the form on the screen has something in it that is not saved: whoever leaves the page is asked first. */
export function useUnsaved(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return undefined;
    const form = Symbol();
    forms.add(form);
    tell();
    return () => {
      forms.delete(form);
      tell();
    };
  }, [isChanged]);
}

/** Whether anything on the screen is not saved. */
export const isUnsaved = (): boolean => forms.size > 0;

export const useIsUnsaved = (): boolean => useSyncExternalStore(listen, isUnsaved);

/** Does what takes the page away, such as signing out: at once, or when the person agrees to lose what is not saved. */
export function leaveBy(leave: () => void): void {
  if (!isUnsaved()) return leave();
  waiting = leave;
  return tell();
}

/** What waits by `leaveBy`, if anything does. */
export const useWaitingToLeave = () => useSyncExternalStore(listen, () => waiting);

/** What waits is done, or is not. */
export function answerLeaving(mayLeave: boolean): void {
  const leave = waiting;
  waiting = undefined;
  // Else the browser asks once more.
  if (mayLeave) forms.clear();
  tell();
  if (mayLeave) leave?.();
}
