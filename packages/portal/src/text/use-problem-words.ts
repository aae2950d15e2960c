import { ApiError, ServerUnreachable, SignInRefused } from '@allot/contract';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { texts } from './en/first-page.ts';

/** What there is to say of an error. */
export interface ProblemWords {
  /** What happened and what to do, in the person's language where there are words for it. */
  readonly text: string;
  /** What the server says of it, in English; undefined where `text` is just that. */
  readonly detail: string | undefined;
}

type Known = keyof typeof texts.problems;

/** Says errors by their code. Who reads English reads the server's own words, which say the most. */
export function useProblemWords(): (error: Error) => ProblemWords {
  const { t, i18n } = useTranslation('problems');
  return useCallback(
    (error) => {
      const said = [error.message, error instanceof ApiError ? error.advice : undefined].filter(Boolean).join(' ');
      const code = codesOf(error).find((one) => i18n.exists(one, { ns: 'problems' }));
      if (code === undefined || (error instanceof ApiError && i18n.language === 'en'))
        return { text: said, detail: undefined };
      // `as`: exists() says so, to everybody but the compiler.
      return { text: t(code as Known), detail: error instanceof ApiError ? said : undefined };
    },
    [t, i18n, i18n.language],
  );
}

/** The words of a refusal that has a code of its own; undefined: there are none, or the server's are in this language. */
export function useRefusalWords(): (refusal: string | null) => string | undefined {
  const { t, i18n } = useTranslation('problems');
  return useCallback(
    (refusal) =>
      // `as`: exists() says so, to everybody but the compiler.
      refusal !== null && i18n.language !== 'en' && i18n.exists(refusal, { ns: 'problems' })
        ? t(refusal as Known)
        : undefined,
    [t, i18n, i18n.language],
  );
}

/** The narrowest first. */
function codesOf(error: Error): readonly string[] {
  if (error instanceof SignInRefused) return ['signInEnded'];
  if (error instanceof ServerUnreachable) return ['unreachable'];
  return error instanceof ApiError ? [...(error.refusal === undefined ? [] : [error.refusal]), error.code] : [];
}
