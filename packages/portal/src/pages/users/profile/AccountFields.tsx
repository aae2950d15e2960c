import { Field, Select, Switch } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldGroup } from '../../../parts/form/FieldGroup.tsx';
import { CountryChoice } from '../CountryChoice.tsx';
import type { ProfileValues } from './profile-values.ts';

/** Where a user is licensed, and what kind of account it is. */
export function AccountFields({
  values,
  isReadOnly,
  problems,
  change,
  children,
}: {
  readonly values: ProfileValues;
  readonly isReadOnly: boolean;
  /** By the name of the property in lower case. */
  readonly problems: ReadonlyMap<string, string>;
  readonly change: (name: string, value: string) => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('profile');
  const wrong = (name: string) => {
    const problem = problems.get(name.toLowerCase());
    return problem === undefined ? {} : { validationState: 'error' as const, validationMessage: problem };
  };
  return (
    <FieldGroup title={t('account')}>
      <Field label={t('usageLocation')} hint={t('usageLocationHint')} {...wrong('usageLocation')}>
        <CountryChoice
          value={values['usageLocation'] || null}
          isReadOnly={isReadOnly}
          onChange={(code) => change('usageLocation', code ?? '')}
        />
      </Field>
      <Field label={t('userType')} {...wrong('userType')}>
        <Select
          value={values['userType'] ?? ''}
          disabled={isReadOnly}
          onChange={(_, { value }) => change('userType', value)}
        >
          <option value="">{t('noUserType')}</option>
          <option value="Member">{t('member')}</option>
          <option value="Guest">{t('guest')}</option>
        </Select>
      </Field>
      <Field label={t('accountEnabled')} {...wrong('accountEnabled')}>
        <Switch
          label={values['accountEnabled'] === 'true' ? t('mayUse') : t('mayNotUse')}
          checked={values['accountEnabled'] === 'true'}
          disabled={isReadOnly}
          onChange={(_, { checked }) => change('accountEnabled', String(checked))}
        />
      </Field>
      {children}
    </FieldGroup>
  );
}
