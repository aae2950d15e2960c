import { useTranslation } from 'react-i18next';
import { useCountries } from '../../../text/use-countries.ts';
import { useFormat } from '../../../text/use-format.ts';
import { periodDays } from './period.ts';

/** Says the value of a setting in words. */
export function useSettingWords(): (name: string, value: string | boolean | null) => string {
  const { t } = useTranslation('settings');
  const { countryName } = useCountries();
  const { number } = useFormat();
  return (name, value) => {
    if (value === null) return name === 'auditRetention' ? t('forever') : t('none');
    if (typeof value === 'boolean') return value ? t('on') : t('off');
    if (name === 'defaultUsageLocation') return countryName(value);
    if (name === 'ruleSet')
      return value === 'classic' ? t('classicName') : value === 'current' ? t('currentName') : value;
    if (name === 'onGroupDelete') return value === 'convert' ? t('convert') : t('error');
    const days = periodDays(value);
    return days === undefined ? value : t('daysCount', { count: days, formatted: number(days) });
  };
}
