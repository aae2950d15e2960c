import { Combobox, Option } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countriesIn } from '../../text/country-codes.ts';

/** A country by its name, or none. `value` is ISO 3166-1 alpha-2. */
export function CountryChoice({
  value,
  onChange,
  isReadOnly = false,
  none,
  ...field
}: {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly isReadOnly?: boolean;
  /** What no country is called here. */
  readonly none?: string;
  readonly 'aria-label'?: string;
}) {
  const { t, i18n } = useTranslation('user');
  const [typed, setTyped] = useState<string>();
  const countries = countriesIn(i18n.language);
  const name = countries.find(({ code }) => code === value)?.name ?? value ?? none ?? t('noCountry');
  const text = typed?.trim().toLowerCase() ?? '';
  const found = countries.filter((one) => one.name.toLowerCase().includes(text) || one.code.toLowerCase() === text);
  return (
    <Combobox
      {...field}
      disabled={isReadOnly}
      value={typed ?? name}
      selectedOptions={[value ?? '']}
      onFocus={(event) => event.target.select()}
      onBlur={() => setTyped(undefined)}
      onChange={(event) => setTyped(event.target.value)}
      onOptionSelect={(_, { optionValue }) => {
        setTyped(undefined);
        onChange(optionValue || null);
      }}
    >
      {text === '' && (
        <Option value="" text={none ?? t('noCountry')}>
          {none ?? t('noCountry')}
        </Option>
      )}
      {found.map((one) => (
        <Option key={one.code} value={one.code} text={one.name}>
          {one.name}
        </Option>
      ))}
    </Combobox>
  );
}
