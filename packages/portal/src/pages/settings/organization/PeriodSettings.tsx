import { Switch } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { PeriodField } from './PeriodField.tsx';
import { periodOf } from './period.ts';
import { SettingRow } from './SettingRow.tsx';
import type { SettingsProps } from './settings-data.ts';

/** What is offered to whoever no longer keeps the log forever. */
const retentionDays = 365;

/** How long things last. */
export function PeriodSettings({ settings, change, disabled }: SettingsProps) {
  const { t } = useTranslation('settings');
  return (
    <>
      <SettingRow title={t('grace')} text={t('graceText')}>
        <PeriodField
          label={t('gracePeriod')}
          value={settings.gracePeriod}
          disabled={disabled}
          onChange={(gracePeriod) => change({ gracePeriod })}
        />
      </SettingRow>
      <SettingRow title={t('lifecycle')} text={t('lifecycleText')}>
        <PeriodField
          label={t('warningPeriod')}
          value={settings.warningPeriod}
          disabled={disabled}
          onChange={(warningPeriod) => change({ warningPeriod })}
        />
        <PeriodField
          label={t('suspendedPeriod')}
          value={settings.suspendedPeriod}
          disabled={disabled}
          onChange={(suspendedPeriod) => change({ suspendedPeriod })}
        />
      </SettingRow>
      <SettingRow title={t('retention')} text={t('retentionText')}>
        <Switch
          label={t('forever')}
          checked={settings.auditRetention === null}
          disabled={disabled}
          onChange={(_, { checked }) => change({ auditRetention: checked ? null : periodOf(retentionDays) })}
        />
        {settings.auditRetention !== null && (
          <PeriodField
            label={t('retentionPeriod')}
            value={settings.auditRetention}
            daysMin={1}
            disabled={disabled}
            onChange={(auditRetention) => change({ auditRetention })}
          />
        )}
      </SettingRow>
    </>
  );
}
