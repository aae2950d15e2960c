import type { SentenceArguments } from '@allot/contract';
import i18next from 'i18next';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { serverWords } from './en/server-words.ts';
import { useFormat } from './use-format.ts';

type Namespace = keyof typeof serverWords;
type Known = { [Name in Namespace]: keyof (typeof serverWords)[Name] }[Namespace];

/** Not part of the texts that the first page loads: most pages say none of it. Who reads English reads the server's own words. */
const loaders: Readonly<Record<string, () => Promise<{ readonly serverWords: Readonly<Record<string, object>> }>>> = {
  fr: () => import('./fr/server-words.ts'),
  nl: () => import('./nl/server-words.ts'),
  'zh-Hant': () => import('./zh-hant/server-words.ts'),
};

/**
 * Says a sentence of the server, told by its code, in the person's language; undefined: there are no words for it, or not yet, and the English
 * sentence is to be shown.
 */
export function useServerSentence(
  namespace: Namespace,
): (code: string, filled: SentenceArguments) => string | undefined {
  const { i18n } = useTranslation();
  const { number, list } = useFormat();
  const { language } = i18n;
  const [loaded, setLoaded] = useState<string>();
  useEffect(() => {
    let isOver = false;
    const finish = () => {
      if (!isOver) setLoaded(language);
    };
    // Where they cannot be loaded, the server's English words are shown.
    loadWords(language).then(finish, () => undefined);
    return () => {
      isOver = true;
    };
  }, [language]);
  return useCallback(
    (code, filled) => {
      if (loaded !== language || !i18n.exists(code, { ns: namespace })) return undefined;
      const shown: Record<string, string> = {};
      for (const [name, value] of Object.entries(filled))
        shown[name] = typeof value === 'number' ? number(value) : typeof value === 'string' ? value : list(value);
      // `as`: exists() says so, to everybody but the compiler.
      const known = code as Known;
      return i18n.t(known, { ns: namespace, ...shown });
    },
    [i18n, language, loaded, namespace, number, list],
  );
}

async function loadWords(language: string): Promise<void> {
  const load = loaders[language];
  if (load === undefined) return;
  const { serverWords } = await load();
  for (const [namespace, words] of Object.entries(serverWords))
    i18next.addResourceBundle(language, namespace, words, true, true);
}
