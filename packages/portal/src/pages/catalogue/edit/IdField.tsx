import { Field, Input } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether it is a GUID, or nothing, for which one is made up. */
export const isIdOrNone = (id: string): boolean => id.trim() === '' || guid.test(id.trim());

/** The id of something new: Microsoft's where it is one of theirs. */
export function IdField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { t } = useTranslation('catalogue-editing');
  return (
    <Field
      label={t('id')}
      hint={t('idHint')}
      {...(isIdOrNone(value) ? {} : { validationState: 'error' as const, validationMessage: t('idWrong') })}
    >
      <Input value={value} onChange={(_, data) => onChange(data.value)} />
    </Field>
  );
}
