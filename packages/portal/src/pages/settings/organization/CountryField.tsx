import { Field, Input } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCountries } from '../../../text/use-countries.ts';

/** A country by its two letters, said in words as well; empty: none. */
export function CountryField({
  label,
  value,
  disabled,
  onChange,
}: {
  readonly label: string;
  readonly value: string | null;
  readonly disabled: boolean;
  readonly onChange: (value: string | null) => void;
}) {
  const { t } = useTranslation('settings');
  const { countries, countryName } = useCountries();
  const listId = useId();
  const [typed, setTyped] = useState(value ?? '');
  const code = typed.trim().toUpperCase();
  const isRight = code === '' || /^[A-Z]{2}$/.test(code);
  return (
    <Field
      label={label}
      validationState={isRight ? 'none' : 'error'}
      validationMessage={isRight ? undefined : t('countryWrong')}
      hint={code === '' ? t('countryNone') : isRight ? countryName(code) : undefined}
    >
      <Input
        value={typed}
        disabled={disabled}
        list={listId}
        autoComplete="off"
        onChange={(_, { value: next }) => {
          setTyped(next);
          const chosen = next.trim().toUpperCase();
          if (chosen === '') onChange(null);
          else if (/^[A-Z]{2}$/.test(chosen)) onChange(chosen);
        }}
      />
      <datalist id={listId}>
        {countries.map(({ code: one, name }) => (
          <option key={one} value={one} label={name} />
        ))}
      </datalist>
    </Field>
  );
}
