import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
/** Codes that a browser names and that are no country: unions, money, what is reserved and what is unknown. */
const noCountries = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);

/** Countries and regions by their ISO 3166 codes, named as the person's language does. */
export function useCountries() {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    const codes = letters.flatMap((first) => letters.map((second) => first + second));
    const countries = codes
      .filter((code) => !noCountries.has(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`)
      .flatMap((code) => {
        const name = names.of(code);
        return name === undefined ? [] : [{ code, name }];
      })
      .sort((one, other) => one.name.localeCompare(other.name, language));
    return { countries, countryName: (code: string): string => names.of(code) ?? code };
  }, [language]);
}
