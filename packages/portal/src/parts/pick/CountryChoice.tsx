import { Combobox, makeStyles, Option } from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countriesIn } from '../../text/country-codes.ts';

const useStyles = makeStyles({ list: { maxHeight: '20rem' } });

/** Of an open list so many countries are seen at most. */
const seenMax = 12;

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
  const styles = useStyles();
  const { t, i18n } = useTranslation(['user', 'parts']);
  const [typed, setTyped] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const countries = countriesIn(i18n.language);
  const name = countries.find(({ code }) => code === value)?.name ?? value ?? none ?? t('noCountry');
  const text = typed?.trim().toLowerCase() ?? '';
  // The list is there, hidden, as long as the field has the focus: countries are drawn only for those who look at them.
  // Those that are seen first are drawn first, so that it opens at once; a list begins at the country that is chosen.
  const isWhole = useDeferredValue(isOpen) || text !== '';
  const first = countries.findIndex(({ code }) => code === value) + seenMax;
  const found = countries
    .slice(0, isOpen ? (isWhole ? undefined : first) : 0)
    .filter((one) => one.name.toLowerCase().includes(text) || one.code.toLowerCase() === text);
  return (
    <Combobox
      {...field}
      disabled={isReadOnly}
      value={typed ?? name}
      selectedOptions={[value ?? '']}
      expandIcon={{ 'aria-label': t('parts:openList') }}
      open={isOpen}
      listbox={{ className: styles.list }}
      // Otherwise it becomes as high as there is room, over everything beside it.
      positioning={{ autoSize: false }}
      onOpenChange={(_, { open }) => {
        setOpen(open);
        if (!open) setTyped(undefined);
      }}
      onFocus={(event) => event.target.select()}
      onBlur={() => setTyped(undefined)}
      onChange={(event) => {
        setTyped(event.target.value);
        // Keys open it; what is pasted does not.
        setOpen(true);
      }}
      onOptionSelect={(_, { optionValue }) => {
        // Undefined: what is typed begins no name, which takes nothing away; it may stand within one.
        if (optionValue === undefined) return;
        setTyped(undefined);
        onChange(optionValue || null);
      }}
    >
      {isOpen && text === '' && (
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
