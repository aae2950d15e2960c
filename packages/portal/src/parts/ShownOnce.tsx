import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { Copy20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({
  once: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  row: { display: 'flex', gap: tokens.spacingHorizontalS },
  value: { flexGrow: 1, fontFamily: tokens.fontFamilyMonospace },
});

/** A link or secret that can be read only now, with a way to copy it. */
export function ShownOnce({
  label,
  value,
  warning,
}: {
  readonly label: string;
  readonly value: string;
  readonly warning: string;
}) {
  const styles = useStyles();
  const { t } = useTranslation('parts');
  const [isCopied, setCopied] = useState(false);
  return (
    <div className={styles.once}>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{warning}</MessageBarBody>
      </MessageBar>
      <Field label={label}>
        <div className={styles.row}>
          <Input
            className={styles.value}
            readOnly
            value={value}
            aria-label={label}
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
          <Button
            icon={<Copy20Regular />}
            onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}
          >
            {isCopied ? t('copied') : t('copy')}
          </Button>
        </div>
      </Field>
    </div>
  );
}
