import { Field, Select, Switch } from '@fluentui/react-components';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { CountryChoice } from '../../../parts/pick/CountryChoice.tsx';

interface AccountFieldsProps {
  /** As the fields have them: texts, where an empty one is none. */
  readonly usageLocation: string;
  readonly userType: string;
  readonly accountEnabled: string;
  readonly isReadOnly: boolean;
  /** By the name of the property in lower case. */
  readonly problems: ReadonlyMap<string, string>;
  /** The same function as long as the form is there. */
  readonly change: (name: string, value: string) => void;
}

/** Where a user is licensed, and what kind of account it is. Drawn again only when one of them changes. */
export const AccountFields = memo(Drawn);

function Drawn({ usageLocation, userType, accountEnabled, isReadOnly, problems, change }: AccountFieldsProps) {
  const { t } = useTranslation('profile');
  const isEnabled = accountEnabled === 'true';
  const wrong = (name: string) => {
    const problem = problems.get(name.toLowerCase());
    return problem === undefined ? {} : { validationState: 'error' as const, validationMessage: problem };
  };
  return (
    <>
      <Field label={t('usageLocation')} hint={t('usageLocationHint')} {...wrong('usageLocation')}>
        <CountryChoice
          value={usageLocation || null}
          isReadOnly={isReadOnly}
          onChange={(code) => change('usageLocation', code ?? '')}
        />
      </Field>
      <Field label={t('userType')} {...wrong('userType')}>
        <Select value={userType} disabled={isReadOnly} onChange={(_, { value }) => change('userType', value)}>
          <option value="">{t('noUserType')}</option>
          <option value="Member">{t('member')}</option>
          <option value="Guest">{t('guest')}</option>
        </Select>
      </Field>
      <Field label={t('accountEnabled')} {...wrong('accountEnabled')}>
        <Switch
          label={isEnabled ? t('mayUse') : t('mayNotUse')}
          checked={isEnabled}
          disabled={isReadOnly}
          onChange={(_, { checked }) => change('accountEnabled', String(checked))}
        />
      </Field>
    </>
  );
}
