import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { ChoiceList } from '../../../parts/pick/ChoiceList.tsx';
import { useCountries } from '../../../text/use-countries.ts';
import type { CataloguePlan } from '../catalogue-data.ts';

export type Locations = CataloguePlan['locations'];

/** Where a service plan may be used: everywhere, everywhere but in some countries, or only in some. */
export function LocationFields({
  value,
  onChange,
}: {
  readonly value: Locations;
  readonly onChange: (value: Locations) => void;
}) {
  const { t } = useTranslation('catalogue-editing');
  const { countries } = useCountries();
  const kind = value === null ? 'everywhere' : 'deny' in value ? 'deny' : 'allow';
  const chosen = value === null ? [] : 'deny' in value ? value.deny : value.allow;
  const make = (next: string, codes: readonly string[]): Locations =>
    next === 'everywhere' ? null : next === 'deny' ? { deny: codes } : { allow: codes };
  return (
    <>
      <Field label={t('where')} hint={t('whereHint')}>
        <RadioGroup value={kind} onChange={(_, data) => onChange(make(data.value, chosen))}>
          <Radio value="everywhere" label={t('everywhere')} />
          <Radio value="deny" label={t('deny')} />
          <Radio value="allow" label={t('allow')} />
        </RadioGroup>
      </Field>
      {kind !== 'everywhere' && (
        <ChoiceList
          label={kind === 'deny' ? t('denyCountries') : t('allowCountries')}
          choices={countries.map(({ code, name }) => ({ id: code, name, detail: code }))}
          chosen={chosen}
          onChange={(codes) => onChange(make(kind, codes))}
          {...(chosen.length === 0 ? { hint: t('noCountries') } : {})}
        />
      )}
    </>
  );
}
