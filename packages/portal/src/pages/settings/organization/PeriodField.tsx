import { Field, Input } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { periodDays, periodOf } from './period.ts';

/** More than anybody waits for; the server takes more. */
const daysMax = 36_500;

/** A period, edited in days. One of months or years stays as it is until somebody types days. */
export function PeriodField({
  label,
  value,
  daysMin = 0,
  disabled,
  onChange,
}: {
  readonly label: string;
  /** ISO 8601 */
  readonly value: string;
  readonly daysMin?: number;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTranslation('settings');
  const days = periodDays(value);
  const [typed, setTyped] = useState(days === undefined ? '' : String(days));
  useEffect(
    () => setTyped((now) => (periodOf(Number(now)) === value ? now : days === undefined ? '' : String(days))),
    [days, value],
  );
  const isRight = typed === '' ? days === undefined : isDays(typed, daysMin);
  return (
    <Field
      label={label}
      validationState={isRight ? 'none' : 'error'}
      validationMessage={isRight ? undefined : t('daysWrong', { min: daysMin, max: daysMax })}
      hint={days === undefined ? t('daysOtherwise', { value }) : undefined}
    >
      <Input
        type="number"
        min={daysMin}
        max={daysMax}
        disabled={disabled}
        value={typed}
        contentAfter={t('days')}
        onChange={(_, { value: next }) => {
          setTyped(next);
          if (isDays(next, daysMin)) onChange(periodOf(Number(next)));
        }}
      />
    </Field>
  );
}

const isDays = (text: string, daysMin: number): boolean =>
  /^\d+$/.test(text) && Number(text) >= daysMin && Number(text) <= daysMax;
