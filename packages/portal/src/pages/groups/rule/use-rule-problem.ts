import type { SentenceArguments } from '@allot/contract';
import { useTranslation } from 'react-i18next';
import { useServerSentence } from '../../../text/use-server-sentence.ts';

interface Said {
  readonly code: string;
  readonly hintCode: string | null;
  readonly arguments: SentenceArguments;
}

/** Says what is wrong with a rule and what to do; undefined: only the server's English words do. */
export function useRuleProblem(): (said: Said) => string | undefined {
  const { t } = useTranslation('rule');
  const sentence = useServerSentence('rule-problems');
  return ({ code, hintCode, arguments: filled }) => {
    const problem = sentence(code, filled);
    if (hintCode === null) return problem;
    const hint = sentence(`hint_${hintCode}`, filled);
    return problem === undefined || hint === undefined ? undefined : t('problem', { problem, hint });
  };
}
