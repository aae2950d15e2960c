import { type Theme, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { useEffect, useSyncExternalStore } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';

const choiceKey = 'allot.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

const choiceNow = (): ThemeChoice => {
  const kept = localStorage.getItem(choiceKey);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
};

const isDarkNow = (): boolean => (choiceNow() === 'system' ? dark.matches : choiceNow() === 'dark');

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  dark.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    dark.removeEventListener('change', listener);
  };
}

/** Light or dark: as the system is, unless the person has chosen. */
export function useTheme(): {
  readonly theme: Theme;
  readonly choice: ThemeChoice;
  readonly choose: (choice: ThemeChoice) => void;
} {
  const isDark = useSyncExternalStore(subscribe, isDarkNow);
  const choice = useSyncExternalStore(subscribe, choiceNow);
  const choose = (next: ThemeChoice) => {
    if (next === 'system') localStorage.removeItem(choiceKey);
    else localStorage.setItem(choiceKey, next);
    for (const listener of listeners) listener();
  };
  // For what the browser draws itself: the signs in its fields, its scroll bars.
  useEffect(() => {
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);
  return { theme: isDark ? webDarkTheme : webLightTheme, choice, choose };
}
