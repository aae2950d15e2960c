import { Input } from '@fluentui/react-components';
import { useState } from 'react';

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
  const [text, setText] = useState(String(value ?? ''));
  return (
    <Input
      {...field}
      type="number"
      min={0}
      max={unitsMax}
      value={text}
      onChange={(_, { value: typed }) => {
        setText(typed);
        const units = typed === '' ? Number.NaN : Number(typed);
        onChange(Number.isInteger(units) && units >= 0 && units <= unitsMax ? units : undefined);
      }}
    />
  );
}
