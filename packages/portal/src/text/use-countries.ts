import { useTranslation } from 'react-i18next';
import { oncePerLanguage } from './once-per-language.ts';

const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
/** Codes that a browser names and that are no country: unions, money, what is reserved and what is unknown. */
const noCountries = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);

/** Countries and regions by their ISO 3166 codes, named as the person's language does. */
export const useCountries = () => namesIn(useTranslation().i18n.language);

const namesIn = oncePerLanguage((language) => {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  const { compare } = new Intl.Collator(language);
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const countries = codes
    .filter((code) => !noCountries.has(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`)
    .flatMap((code) => {
      const name = names.of(code);
      return name === undefined ? [] : [{ code, name }];
    })
    .sort((one, other) => compare(one.name, other.name));
  return { countries, countryName: (code: string): string => names.of(code) ?? code };
});
