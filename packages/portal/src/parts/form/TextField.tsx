import { Field, Input, Textarea } from '@fluentui/react-components';

/** A text with its label; an empty text is none. What is wrong with it stands below it. */
export function TextField({
  label,
  hint,
  value,
  onChange,
  max,
  isReadOnly,
  isRequired = false,
  problem,
  type = 'text',
  className,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Characters at most, as the server has it. */
  readonly max?: number | undefined;
  readonly isReadOnly: boolean;
  readonly isRequired?: boolean;
  /** What the server says is wrong with it. */
  readonly problem?: string | undefined;
  readonly type?: 'text' | 'date' | 'lines';
  readonly className?: string | undefined;
}) {
  const limit = max === undefined ? {} : { maxLength: max };
  return (
    <Field
      label={label}
      hint={hint ?? null}
      required={isRequired && !isReadOnly}
      className={className ?? ''}
      {...(problem === undefined ? {} : { validationState: 'error' as const, validationMessage: problem })}
    >
      {type === 'lines' ? (
        <Textarea value={value} readOnly={isReadOnly} {...limit} onChange={(_, data) => onChange(data.value)} />
      ) : (
        <Input
          value={value}
          type={type}
          readOnly={isReadOnly}
          {...limit}
          onChange={(_, data) => onChange(data.value)}
        />
      )}
    </Field>
  );
}
