import { Input, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLoaded } from './use-loaded.ts';

const useStyles = makeStyles({ field: { width: 'min(32rem, 100%)', minWidth: 0 } });

const loadBox = async () => (await import('./SearchBox.tsx')).SearchBox;

/** Where one begins to search; what finds things is loaded when somebody comes here for the first time. */
export function SearchField() {
  const styles = useStyles();
  const { t } = useTranslation('frame');
  const [Box, ask] = useLoaded(loadBox);
  const [typed, setTyped] = useState('');
  if (Box !== undefined) return <Box begun={typed} />;
  return (
    <Input
      className={styles.field}
      aria-label={t('search')}
      placeholder={t('searchHint')}
      role="combobox"
      aria-expanded={false}
      value={typed}
      onFocus={ask}
      onChange={(_, { value }) => setTyped(value)}
    />
  );
}
