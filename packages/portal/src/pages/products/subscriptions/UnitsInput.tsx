import { SpinButton } from '@fluentui/react-components';

/** As many as a subscription can have. */
const unitsMax = 10_000_000;

/** A number of seats; undefined while what is typed is none. */
export function UnitsInput({
  value,
  onChange,
  ...field
}: {
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}) {
  return (
    <SpinButton
      {...field}
      min={0}
      max={unitsMax}
      value={value ?? null}
      onChange={(_, { value: stepped, displayValue }) => {
        const typed = stepped ?? (displayValue?.trim() ? Number(displayValue) : Number.NaN);
        onChange(Number.isInteger(typed) && typed >= 0 && typed <= unitsMax ? typed : undefined);
      }}
      // Consequences are shown while one types, not only when the field is left.
      onInput={(event) => {
        const typed = Number(event.currentTarget.querySelector('input')?.value ?? Number.NaN);
        if (Number.isInteger(typed) && typed >= 0 && typed <= unitsMax) onChange(typed);
      }}
    />
  );
}
