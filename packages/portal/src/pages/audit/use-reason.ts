import { useTranslation } from 'react-i18next';
import { useRefusalWords } from '../../text/use-problem-words.ts';
import type { AuditEntry } from './audit-entry.ts';

const others = {
  ConcurrentChange: 'reason_ConcurrentChange',
  MailboxPlanInForce: 'reason_MailboxPlanInForce',
} as const;

/** Why an entry is as it is. */
export interface Reason {
  readonly text: string;
  /** The server's English words, where `text` says it in another language. */
  readonly detail: string | undefined;
}

/** Says why a change failed or came about, in the person's language where the entry has a code for it; undefined: it gives no reason. */
export function useReason(): (entry: Pick<AuditEntry, 'resultReason' | 'additionalDetails'>) => Reason | undefined {
  const { t, i18n } = useTranslation('audit');
  const refusal = useRefusalWords();
  return ({ resultReason, additionalDetails }) => {
    const valueOf = (name: string) => additionalDetails.find(({ key }) => key === name)?.value;
    const said = resultReason ?? valueOf('reason');
    const code = valueOf('reasonCode');
    if (said === undefined) return undefined;
    const known = Object.entries(others).find(([one]) => one === code)?.[1];
    const words = known !== undefined && i18n.language !== 'en' ? t(known) : refusal(code ?? null);
    return words === undefined ? { text: said, detail: undefined } : { text: words, detail: said };
  };
}
