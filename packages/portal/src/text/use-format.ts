import { useTranslation } from 'react-i18next';
import { oncePerLanguage } from './once-per-language.ts';

/** Numbers, dates and lists as the person's language writes them. */
export const useFormat = () => formatIn(useTranslation().i18n.language);

const formatIn = oncePerLanguage((language) => {
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const choice = new Intl.ListFormat(language, { type: 'disjunction' });
  return {
    number: (value: number) => number.format(value),
    percent: (share: number) => percent.format(share),
    /** @param instant ISO 8601 */
    dateTime: (instant: string) => dateTime.format(new Date(instant)),
    date: (instant: string) => date.format(new Date(instant)),
    list: (items: readonly string[]) => list.format(items),
    oneOf: (items: readonly string[]) => choice.format(items),
  };
});
