import { useTranslation } from 'react-i18next';
import { useCountries } from '../../text/use-countries.ts';
import { useFormat } from '../../text/use-format.ts';
import type { CataloguePlan } from './catalogue-data.ts';

/** Says where a service plan may be used. */
export function useLocationWords(): (locations: CataloguePlan['locations']) => string {
  const { t } = useTranslation('catalogue');
  const { list } = useFormat();
  const { countryName } = useCountries();
  return (locations) => {
    if (locations === null) return t('everywhere');
    return 'deny' in locations
      ? t('notIn', { countries: list(locations.deny.map(countryName)) })
      : t('onlyIn', { countries: list(locations.allow.map(countryName)) });
  };
}
