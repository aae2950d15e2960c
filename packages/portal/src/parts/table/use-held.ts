import { type PointerEvent, useEffect, useState } from 'react';

/**
 * What is shown stays as it is while the pointer is pressed on it: rows that come between the press and the release would
 * move what is pressed away from under the pointer, and the click would be lost or meant for another row.
 *
 * @returns what to show, and what to call when the pointer is pressed
 */
export function useHeld<Value>(latest: Value): { readonly shown: Value; readonly hold: (event: PointerEvent) => void } {
  const [held, setHeld] = useState<{ readonly value: Value }>();
  useEffect(() => {
    if (!held) return undefined;
    // The click comes right after the release.
    const release = () => setTimeout(() => setHeld(undefined));
    const ends = ['pointerup', 'pointercancel', 'blur'] as const;
    for (const end of ends) window.addEventListener(end, release);
    return () => {
      for (const end of ends) window.removeEventListener(end, release);
    };
  }, [held]);
  return {
    shown: held ? held.value : latest,
    hold: ({ button }) => {
      if (button === 0) setHeld({ value: latest });
    },
  };
}
