import { Button, Dropdown, Field, Input, makeStyles, Option, tokens } from '@fluentui/react-components';
import { FilterDismiss20Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { activities, useActivity } from '../../text/use-activity.ts';
import type { AuditFilters as Filters } from './audit-entry.ts';

const useStyles = makeStyles({
  filters: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'end',
    gap: tokens.spacingHorizontalM,
    marginTop: tokens.spacingVerticalM,
  },
  activity: { width: '19rem', maxWidth: '100%' },
  list: { maxHeight: '60vh' },
});

/** What the log is filtered by, besides what somebody types. */
export function AuditFilters({
  filters,
  change,
  clear,
}: {
  readonly filters: Filters;
  readonly change: (filters: { readonly [Name in keyof Filters]: string | undefined }) => void;
  readonly clear: () => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation('audit');
  const activityName = useActivity();
  const { activity, from, to, correlation } = filters;
  return (
    <div className={styles.filters}>
      <Field label={t('activity')} className={styles.activity}>
        <Dropdown
          value={activity === undefined ? t('allActivities') : activityName(activity)}
          selectedOptions={[activity ?? '']}
          listbox={{ className: styles.list }}
          onOptionSelect={(_, { optionValue }) => change({ activity: optionValue || undefined })}
        >
          <Option value="">{t('allActivities')}</Option>
          {activities.map((one) => (
            <Option key={one} value={one}>
              {activityName(one)}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <Field label={t('from')}>
        <Input type="date" value={from ?? ''} onChange={(_, { value }) => change({ from: value || undefined })} />
      </Field>
      <Field label={t('to')}>
        <Input type="date" value={to ?? ''} onChange={(_, { value }) => change({ to: value || undefined })} />
      </Field>
      {correlation !== undefined && (
        <Field label={t('onlySame')}>
          <Input
            value={correlation}
            aria-label={t('correlation')}
            onChange={(_, { value }) => change({ correlation: value || undefined })}
          />
        </Field>
      )}
      {Object.values(filters).some((one) => one !== undefined) && (
        <Button appearance="subtle" icon={<FilterDismiss20Regular />} onClick={clear}>
          {t('clear')}
        </Button>
      )}
    </div>
  );
}
