import { Field, Radio, RadioGroup, Switch } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { CountryChoice } from '../../../parts/pick/CountryChoice.tsx';
import { SettingRow } from './SettingRow.tsx';
import type { SettingsProps } from './settings-data.ts';

/** What decides about licenses. */
export function LicensingSettings({ settings, change, disabled }: SettingsProps) {
  const { t } = useTranslation('settings');
  return (
    <>
      <SettingRow title={t('location')} text={t('locationText')}>
        <Field label={t('country')} hint={settings.defaultUsageLocation === null ? t('countryNone') : undefined}>
          <CountryChoice
            value={settings.defaultUsageLocation}
            isReadOnly={disabled}
            onChange={(defaultUsageLocation) => change({ defaultUsageLocation })}
          />
        </Field>
      </SettingRow>
      <SettingRow title={t('ruleSet')} text={t('ruleSetText')}>
        <Field label={t('rulesThatApply')}>
          <RadioGroup
            value={settings.ruleSet}
            disabled={disabled}
            onChange={(_, { value: ruleSet }) => change({ ruleSet })}
          >
            <Radio value="classic" label={t('classic')} />
            <Radio value="current" label={t('current')} />
          </RadioGroup>
        </Field>
      </SettingRow>
      <SettingRow title={t('autoResolve')} text={t('autoResolveText')}>
        <Switch
          label={settings.autoResolve ? t('autoResolveOn') : t('autoResolveOff')}
          checked={settings.autoResolve}
          disabled={disabled}
          onChange={(_, { checked: autoResolve }) => change({ autoResolve })}
        />
      </SettingRow>
      <SettingRow title={t('keep')} text={t('keepText')}>
        <Switch
          label={settings.keepUntilReplaced ? t('keepOn') : t('keepOff')}
          checked={settings.keepUntilReplaced}
          disabled={disabled}
          onChange={(_, { checked: keepUntilReplaced }) => change({ keepUntilReplaced })}
        />
      </SettingRow>
      <SettingRow title={t('groupDelete')} text={t('groupDeleteText')}>
        <Field label={t('whatCannotGo')}>
          <RadioGroup
            value={settings.onGroupDelete}
            disabled={disabled}
            onChange={(_, { value }) => change({ onGroupDelete: value === 'error' ? 'error' : 'convert' })}
          >
            <Radio value="convert" label={t('convert')} />
            <Radio value="error" label={t('error')} />
          </RadioGroup>
        </Field>
      </SettingRow>
    </>
  );
}
