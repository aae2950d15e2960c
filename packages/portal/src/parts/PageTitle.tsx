import { makeStyles, Title2, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect } from 'react';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: tokens.spacingHorizontalL },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginLeft: 'auto' },
  title: { margin: 0 },
});

/** The name of the page, also in the browser's tab, with what can be done on it. */
export function PageTitle({ title, actions }: { readonly title: string; readonly actions?: ReactNode }) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} – Allot`;
  }, [title]);
  return (
    <div className={styles.head}>
      <Title2 as="h1" className={styles.title}>
        {title}
      </Title2>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
