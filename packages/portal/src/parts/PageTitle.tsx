import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef } from 'react';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: tokens.spacingHorizontalL },
  actions: {
    position: 'relative',
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    marginLeft: 'auto',
    // Below the name of the page what can be done begins where the page begins.
    '@media (max-width: 40rem)': { marginLeft: 0 },
  },
  title: { ...typographyStyles.title2, margin: 0, outlineStyle: 'none', minWidth: 0, overflowWrap: 'anywhere' },
});

/** The page whose heading was last told; the first page is told by the browser. */
let toldPath = location.pathname;

/** The name of the page, also in the browser's tab, with what can be done on it. */
export function PageTitle({ title, actions }: { readonly title: string; readonly actions?: ReactNode }) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} – Allot`;
  }, [title]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // On a new page the keyboard begins at its heading, which screen readers then read; never again while one stays there.
    if (toldPath !== location.pathname) heading.current?.focus({ preventScroll: true });
    toldPath = location.pathname;
  }, []);
  return (
    <div className={styles.head}>
      <h1 ref={heading} tabIndex={-1} className={styles.title}>
        {title}
      </h1>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
