import { useEffect } from 'react';

/** What closes by itself and takes the focus with it: no place to come back to. */
const passing = '[role="menu"], [role="listbox"]';

/** Where the keyboard was last, menus left out: a dialog is often opened from one that is gone by then. */
let lastFocused: Element | null = null;
document.addEventListener('focusin', ({ target }) => {
  if (target instanceof Element && target.closest(passing) === null) lastFocused = target;
});

/**
 * Within a dialog or a panel: when it closes, the keyboard goes on where it was before. Fluent does so for what it opens by a
 * trigger; ours are opened by what the page knows. What was there before may be gone by what the dialog did, such as an error
 * with its fixes: then the nearest thing around it that takes the focus.
 */
export function FocusBack() {
  useEffect(() => {
    const way = wayOut(lastFocused);
    return () => void setTimeout(() => goBack(way), 0);
  }, []);
  return null;
}

/** Focuses what is still there of the way, and goes on when that is gone, too: what was done may show a moment later. */
function goBack(way: readonly HTMLElement[]): void {
  const now = document.activeElement;
  const back = way.find((element) => element.isConnected);
  if (back === undefined || (now !== null && now !== document.body)) return;
  back.focus({ preventScroll: back.tabIndex < 0 });
  const removal = new MutationObserver(() => {
    if (back.isConnected) return;
    removal.disconnect();
    goBack(way);
  });
  removal.observe(document.body, { childList: true, subtree: true });
  // Whoever has gone on needs no help any more.
  document.addEventListener('focusin', () => removal.disconnect(), { once: true });
}

/** The element, and all around it that can take the focus, from the inside out. */
function wayOut(from: Element | null): readonly HTMLElement[] {
  const way: HTMLElement[] = [];
  for (let one = from; one !== null && one !== document.body; one = one.parentElement) {
    if (one instanceof HTMLElement && (one === from || one.hasAttribute('tabindex'))) way.push(one);
  }
  return way;
}
